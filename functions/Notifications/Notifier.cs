using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Notifications;

/// <summary>How other slices tell people of things: from their workers, any number of times.</summary>
public sealed class Notifier(IDocumentStore documents)
{
    /// <summary>Tells. Nobody is told of what they did themselves.</summary>
    public async Task TellAsync(IEnumerable<NotificationDocument> notifications, CancellationToken cancellationToken)
    {
        var others = notifications.Where(notification => notification.OwnerId != notification.ActorId).ToList();
        if (others.Count > 0)
        {
            await documents.UpsertManyAsync(others, cancellationToken);
        }
    }

    /// <summary>Takes back what was told.</summary>
    public async Task WithdrawAsync(IEnumerable<(string OwnerId, string Id)> notifications, CancellationToken cancellationToken)
    {
        var keys = notifications.Select(entry => DocumentKey.Of<NotificationDocument>(entry.OwnerId, entry.Id)).ToList();
        if (keys.Count > 0)
        {
            await documents.DeleteManyAsync(keys, cancellationToken);
        }
    }
}
