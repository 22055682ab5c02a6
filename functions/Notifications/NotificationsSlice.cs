namespace ServerlessSocial.Notifications;

/// <summary>Registers what notifications need.</summary>
public static class NotificationsSlice
{
    /// <summary>Adds the notifier, which other slices tell people of things with, and the read side.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<Notifier>();
        services.AddSingleton<NotificationReader>();
        services.AddSingleton<NotificationConsents>();
        return services;
    }
}
