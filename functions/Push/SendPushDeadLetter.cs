using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Push;

/// <summary>
/// Ends a push that did not get through: after all tries it is no news any more, and it stands in its owner's list. Subscriptions that it did not get through to
/// are noted, and removed when that goes on.
/// </summary>
public sealed partial class SendPushDeadLetter(DeadLetters deadLetters, Dispatcher dispatcher, IDocumentStore documents, TimeProvider time, ILogger<SendPushDeadLetter> log)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(SendPushDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(SendPush.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        deadLetters.SettleAsync(SendPush.Queue, message, () => EndAsync(message, cancellationToken), cancellationToken);

    private async Task EndAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        NotPushed(log, message.Attempt);
        if (await documents.FindAsync<NotificationDocument>(message.PartitionKey, message.Id, cancellationToken) is { } told
            && await documents.FindAsync<PushedDocument>(told.OwnerId, PushedDocument.IdOf(told.Id), cancellationToken) is { } pushed)
        {
            // Where nothing is known of the notification, it was not push services that failed.
            var now = time.GetUtcNow();
            await documents.UpdateAsync<PushSubscriptionsDocument>(
                told.OwnerId,
                PushSubscriptionsDocument.SubscriptionsId,
                found => PushRules.After(
                    found, PushRules.Pending(told, pushed.LatestId, found, pushed, marker: null, now).ToLookup(_ => PushOutcome.Refused), now),
                cancellationToken);
        }

        if (message.WaitingId is { } waitingId)
        {
            await dispatcher.StrikeAsync(SendPush.Queue, waitingId, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A notification could not be pushed everywhere, at attempt {Attempt}; it is not tried again.")]
    private static partial void NotPushed(ILogger log, int attempt);
}
