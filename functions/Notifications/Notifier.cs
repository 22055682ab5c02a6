using System.Collections.Concurrent;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Notifications;

/// <summary>How other slices tell people of things: from their workers, any number of times.</summary>
public sealed class Notifier(IDocumentStore documents, IEnumerable<INotificationListener> listeners)
{
    private const int SideBySide = 8;

    /// <summary>Tells. Nobody is told of what they did themselves.</summary>
    /// <param name="notifications">
    /// What happened, each with the id of its event (<see cref="NotificationDocument.IdOf"/>). What comes in groups must be named after the first time that its
    /// actor did it, so that doing it over and over does not tell again.
    /// </param>
    /// <param name="cancellationToken">Stops it; whoever called must come again.</param>
    public Task TellAsync(IEnumerable<NotificationDocument> notifications, CancellationToken cancellationToken) =>
        TellAsync(notifications, loaded: null, cancellationToken);

    /// <summary>Tells, for whoever loaded a moment ago what is to be changed (<see cref="KeyOf"/>), in a batch with other things: it is not read again.</summary>
    /// <param name="notifications">What happened.</param>
    /// <param name="loaded">What was loaded.</param>
    /// <param name="cancellationToken">Stops it; whoever called must come again.</param>
    public async Task TellAsync(IEnumerable<NotificationDocument> notifications, DocumentSet? loaded, CancellationToken cancellationToken)
    {
        var others = notifications.Where(notification => notification.OwnerId != notification.ActorId).ToLookup(told => NotificationGroup.Groups(told.Kind));
        var single = others[false].Select(told => told with { LatestId = told.Id }).ToList();
        if (single.Count > 0)
        {
            await documents.UpsertManyAsync(single, cancellationToken);
        }

        var told = new ConcurrentBag<NotificationDocument>(single);
        await ForEachGroupAsync(
            others[true],
            async (key, events, token) =>
            {
                if (await AddAsync(key, events, loaded, token) is { } group)
                {
                    told.Add(group);
                }
            },
            cancellationToken);
        if (!told.IsEmpty)
        {
            foreach (var listener in listeners)
            {
                await listener.ToldAsync(told, cancellationToken);
            }
        }
    }

    /// <summary>Key of the document that tells of an event which comes in groups.</summary>
    public static DocumentKey KeyOf(NotificationDocument told) => DocumentKey.Of<NotificationDocument>(told.OwnerId, NotificationGroup.IdOf(told));

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
        await ForEachGroupAsync(
            told[true],
            async (key, events, token) =>
                await documents.UpdateAsync<NotificationDocument>(key.OwnerId, key.Id, found => events.Aggregate(found, NotificationGroup.Without), token),
            cancellationToken);
    }

    private async ValueTask<NotificationDocument?> AddAsync(
        (string OwnerId, string Id) key, IEnumerable<NotificationDocument> events, DocumentSet? loaded, CancellationToken cancellationToken)
    {
        if (loaded?.Get<NotificationDocument>(key.OwnerId, key.Id) is { } known)
        {
            // It may have gone meanwhile, with its time: then it comes to be anew below.
            if (await documents.UpdateReadAsync(known, found => Add(found), cancellationToken) is { } grown)
            {
                return grown;
            }
        }
        else if (loaded is not null && (await documents.CreateAsync(Add(null), cancellationToken)).NotThrottled() is { Document: { } first })
        {
            return first;
        }

        return await documents.SetAsync<NotificationDocument>(key.OwnerId, key.Id, Add, cancellationToken);

        NotificationDocument Add(NotificationDocument? found) => events.Aggregate(found, NotificationGroup.With)!;
    }

    /// <summary>Changes each group once, however many of the events are its.</summary>
    private static Task ForEachGroupAsync(
        IEnumerable<NotificationDocument> events,
        Func<(string OwnerId, string Id), IEnumerable<NotificationDocument>, CancellationToken, ValueTask> change,
        CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            events.GroupBy(told => (told.OwnerId, Id: NotificationGroup.IdOf(told))),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            async (group, token) => await change(group.Key, group, token));
}
