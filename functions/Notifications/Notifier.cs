using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Notifications;

/// <summary>How other slices tell people of things: from their workers, any number of times.</summary>
public sealed class Notifier(IDocumentStore documents)
{
    private const int SideBySide = 8;

    /// <summary>Tells. Nobody is told of what they did themselves.</summary>
    /// <param name="notifications">
    /// What happened, each with the id of its event (<see cref="NotificationDocument.IdOf"/>). What comes in groups must be named after the first time that its
    /// actor did it, so that doing it over and over does not tell again.
    /// </param>
    /// <param name="cancellationToken">Stops it; whoever called must come again.</param>
    public async Task TellAsync(IEnumerable<NotificationDocument> notifications, CancellationToken cancellationToken)
    {
        var others = notifications.Where(notification => notification.OwnerId != notification.ActorId).ToLookup(told => NotificationGroup.Groups(told.Kind));
        var single = others[false].Select(told => told with { LatestId = told.Id }).ToList();
        if (single.Count > 0)
        {
            await documents.UpsertManyAsync(single, cancellationToken);
        }

        await ChangeGroupsAsync(others[true], NotificationGroup.With, cancellationToken);
    }

    /// <summary>Takes back what was told of single events.</summary>
    public async Task WithdrawAsync(IEnumerable<(string OwnerId, string Id)> notifications, CancellationToken cancellationToken)
    {
        var keys = notifications.Select(entry => DocumentKey.Of<NotificationDocument>(entry.OwnerId, entry.Id)).ToList();
        if (keys.Count > 0)
        {
            await documents.DeleteManyAsync(keys, cancellationToken);
        }
    }

    /// <summary>Takes back what was told, in whatever way.</summary>
    public async Task WithdrawAsync(IEnumerable<NotificationDocument> notifications, CancellationToken cancellationToken)
    {
        var told = notifications.ToLookup(notification => NotificationGroup.Groups(notification.Kind));
        await WithdrawAsync(told[false].Select(notification => (notification.OwnerId, notification.Id)), cancellationToken);
        await ChangeGroupsAsync(told[true], (found, one) => found is null ? null : NotificationGroup.Without(found, one), cancellationToken);
    }

    /// <summary>Changes each group once, however many of the events are its.</summary>
    private Task ChangeGroupsAsync(
        IEnumerable<NotificationDocument> events, Func<NotificationDocument?, NotificationDocument, NotificationDocument?> change, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            events.GroupBy(told => (told.OwnerId, Id: NotificationGroup.IdOf(told))),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            async (group, token) => await documents.SetAsync<NotificationDocument>(
                group.Key.OwnerId, group.Key.Id, found => group.Aggregate(found, change), token));
}
