using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Push;

/// <summary>
/// Sends notifications that came or grew to whoever pushes them, for owners who want that: most do not, and a message for each notification would cost more than
/// looking whether there is a subscription.
/// </summary>
public sealed class DispatchPushes(IDocumentStore documents, Dispatcher dispatcher, TimeProvider time)
{
    /// <summary>Runs for changed notifications.</summary>
    [Function(nameof(DispatchPushes))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public async Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "notifications", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchPushes), StartFromBeginning = true)]
        IReadOnlyList<NotificationChange> changed,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var news = changed.Where(told => told.Kind is not null && PushRules.IsNews(told.LatestId, told.CreatedAt, now)).ToList();
        if (news.Count == 0)
        {
            return;
        }

        var owners = await documents.ReadManyAsync([.. news.Select(told => told.OwnerId).Distinct(StringComparer.Ordinal).Select(PushSubscriptionsDocument.KeyOf)], cancellationToken);
        var work = news
            .Where(told => owners.Get<PushSubscriptionsDocument>(told.OwnerId, PushSubscriptionsDocument.SubscriptionsId)?.Subscriptions.Any(one => one.Wants(told.Kind!.Value)) == true)
            .Select(told => dispatcher.Waiting(
                SendPush.Queue, WaitingDocument.IdOf(told.OwnerId, told.Id), new WorkMessage(told.OwnerId, told.Id, told.Revision)))
            .ToList();
        await dispatcher.SendAsync(work, cancellationToken);
    }
}
