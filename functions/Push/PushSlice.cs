using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Push;

/// <summary>Registers what Web Push needs.</summary>
public static class PushSlice
{
    /// <summary>Adds Web Push: telling browsers and devices of notifications.</summary>
    public static IServiceCollection AddPush(this IServiceCollection services)
    {
        services.AddOptions<PushOptions>()
            .BindConfiguration(PushOptions.Section)
            .Validate(options => options.IsValid, "Push: a setting is out of its range; see PushOptions.")
            .ValidateOnStart();
        services.AddSingleton<VapidKeys>();
        services.AddSingleton<PushEndpoints>();
        services.AddSingleton<PushSender>();
        services.AddSingleton<INotificationListener, PushDispatch>();
        services.AddSingleton<IFaultReader, PushFaults>();
        return services;
    }
}
