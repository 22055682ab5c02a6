using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Live;

namespace ServerlessSocial.Live;

/// <summary>What the slice is made of besides its functions. A host that has a channel registers it before.</summary>
public static class LiveSlice
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section)
            .Validate(options => options.IsValid, "Live: a setting is out of its range; see LiveOptions.")
            .ValidateOnStart();
        services.TryAddSingleton<ILiveChannel, NoLiveChannel>();
        return services.AddSingleton<INotificationListener, TellOfNotifications>();
    }
}
