using System.Diagnostics;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Push;

/// <summary>
/// Sends what people are told to whoever pushes it, for those who want that. Most do not: that costs them a look for their subscriptions, which an instance
/// remembers for some seconds. A change feed of all notifications would cost every like more than a twentieth of what it costs now.
/// </summary>
public sealed class PushDispatch(RecentDocuments recent, Dispatcher dispatcher, TimeProvider time) : INotificationListener
{
    /// <inheritdoc/>
    public async Task ToldAsync(IReadOnlyCollection<NotificationDocument> told, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var news = told.Where(one => PushRules.IsNews(one.LatestId, one.CreatedAt, now)).ToList();
        if (news.Count == 0)
        {
            return;
        }

        var owners = await recent.ReadManyAsync(
            [.. news.Select(one => one.OwnerId).Distinct(StringComparer.Ordinal).Select(PushSubscriptionsDocument.KeyOf)], mustBeFresh: null, cancellationToken);
        await dispatcher.SendAsync(
            [
                .. news
                    .Where(one => owners.Get<PushSubscriptionsDocument>(one.OwnerId, PushSubscriptionsDocument.SubscriptionsId)?.Subscriptions.Any(to => to.Wants(one.Kind)) == true)
                    .Select(one => dispatcher.Waiting(
                        SendPush.Queue,
                        WaitingDocument.IdOf(one.OwnerId, one.Id),

                        // What is written without being read has no revision yet; it is there all the same.
                        new WorkMessage(one.OwnerId, one.Id, Math.Max(1, one.Revision)) { TraceParent = Activity.Current?.Id })),
            ],
            cancellationToken);
    }
}
