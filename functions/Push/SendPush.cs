using Microsoft.Extensions.Options;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Push;

/// <summary>
/// Pushes a notification to its owner's subscriptions. What was delivered where is written down afterwards: whoever dies in between pushes it again under the same
/// id and topic, which takes the place of the first.
/// </summary>
public sealed class SendPush(
    IDocumentStore documents, Worker worker, Dispatcher dispatcher, NotificationReader reader, PushSender sender, IOptions<PushOptions> options, TimeProvider time)
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "pushes";

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Runs for a notification that came or grew.</summary>
    [Function(nameof(SendPush))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunShareAsync<NotificationDocument>(Queue, message, told => LookAsync(message, told, cancellationToken), cancellationToken);

    private async Task LookAsync(WorkMessage message, NotificationDocument told, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var me = told.OwnerId;
        var loaded = await documents.ReadManyAsync(
            [
                PushSubscriptionsDocument.KeyOf(me),
                PushedDocument.KeyOf(told),
                DocumentKey.Of<NotificationMarker>(me, NotificationMarker.MarkerId),
                DocumentKey.Of<ProfileDocument>(me, me),
                StandingDocument.KeyOf(me),
            ],
            cancellationToken);
        var subscriptions = loaded.Get<PushSubscriptionsDocument>(me, PushSubscriptionsDocument.SubscriptionsId);
        var pushed = loaded.Get<PushedDocument>(me, PushedDocument.IdOf(told.Id));
        var marker = loaded.Get<NotificationMarker>(me, NotificationMarker.MarkerId);

        // Whoever is suspended or leaving cannot read notifications either. What is cheap to tell comes first: most that came too late ends here.
        if (loaded.MayRead(me, now)
            && PushRules.Pending(told, told.LatestId, subscriptions, pushed, marker, now).Count > 0)
        {
            var context = await reader.LoadAsync([told], new Viewer(me, IsModerator: false), cancellationToken);
            var latestId = context.NewestShown(told);
            var pending = PushRules.Pending(told, latestId, subscriptions, pushed, marker, now);
            if (pending.Count > 0)
            {
                if (pushed is not null && pushed.LatestId != latestId && pushed.At + options.Value.Pause is var again && again > now)
                {
                    // It was pushed a moment ago and grows: what comes until then is told in one, by one message, because all that wait for the same have the same
                    // id. That one alone goes on by its own attempts, should it come before its time.
                    var later = message.After == pushed.LatestId ? message : message.Untried() with { Revision = 1, After = pushed.LatestId, Attempt = 0 };
                    await dispatcher.SendLaterAsync(Queue, later, again, cancellationToken);
                    return;
                }

                await PushAsync(told, latestId!, context.Present(told, marker), pending, cancellationToken);
            }
        }

        if (message.WaitingId is { } waitingId)
        {
            await dispatcher.StrikeAsync(Queue, waitingId, cancellationToken);
        }
    }

    /// <exception cref="PushServiceException">A push service is out or throttles: the message must come again, for those it did not get through to.</exception>
    private async Task PushAsync(
        NotificationDocument told, string latestId, Notification shown, IReadOnlyList<StoredPushSubscription> pending, CancellationToken cancellationToken)
    {
        var news = new PushedNews(shown.Id, shown.Kind, shown.Count);
        var topic = PushRules.TopicOf(told);
        var answers = await Task.WhenAll(pending.Select(async one => (Subscription: one, Answer: await sender.SendAsync(one, news, topic, cancellationToken))));

        var now = time.GetUtcNow();
        string[] done = [.. answers.Where(entry => entry.Answer.Outcome != PushOutcome.Later).Select(entry => entry.Subscription.Id)];
        await documents.SetAsync<PushedDocument>(
            told.OwnerId, PushedDocument.IdOf(told.Id), found => PushedDocument.With(found, told, latestId, done, now), cancellationToken);

        var by = answers.ToLookup(entry => entry.Answer.Outcome, entry => entry.Subscription);
        if (by[PushOutcome.Gone].Any() || by[PushOutcome.Refused].Any() || by[PushOutcome.Delivered].Any(one => one.FailingSince is not null))
        {
            await documents.UpdateAsync<PushSubscriptionsDocument>(
                told.OwnerId, PushSubscriptionsDocument.SubscriptionsId, found => PushRules.After(found, by, now), cancellationToken);
        }

        if (by[PushOutcome.Later].Any())
        {
            throw new PushServiceException(answers.Max(entry => entry.Answer.RetryAfter));
        }
    }
}

/// <summary>Push services are out or throttle.</summary>
public sealed class PushServiceException(TimeSpan? retryAfter) : Exception("A push service is out or throttles; the log before says which.")
{
    /// <summary>How long they ask to wait; null where none does.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>Knows faults of push services: they pass.</summary>
public sealed class PushFaults : IFaultReader
{
    /// <inheritdoc/>
    public Fault? Read(Exception exception) => exception is PushServiceException { RetryAfter: var wait } ? new(FaultKind.Outage, wait) : null;
}
