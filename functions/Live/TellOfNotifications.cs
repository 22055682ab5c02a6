using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Live;

namespace ServerlessSocial.Live;

/// <summary>Tells people who are connected that they have a notification.</summary>
public sealed class TellOfNotifications(ILiveChannel channel) : INotificationListener
{
    /// <inheritdoc/>
    public Task ToldAsync(IReadOnlyCollection<NotificationDocument> told, CancellationToken cancellationToken) =>
        channel.TellAsync(told.Select(one => one.OwnerId).Distinct(StringComparer.Ordinal), LiveTopics.Notifications, cancellationToken).AsTask();
}
