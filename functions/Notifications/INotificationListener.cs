namespace ServerlessSocial.Notifications;

/// <summary>Hears what people are told, once it is written down.</summary>
public interface INotificationListener
{
    /// <summary>Hears of notifications that came or may have grown. It is called by workers, which come again until they are done: perhaps several times of the same.</summary>
    /// <param name="told">As they are stored.</param>
    /// <param name="cancellationToken">Stops it; whoever tells comes again.</param>
    Task ToldAsync(IReadOnlyCollection<NotificationDocument> told, CancellationToken cancellationToken);
}
