using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>Writes a post whose time has come. What keeps it from being written by then is told to its owner, who can change it and choose another time.</summary>
public sealed class PublishScheduledPost(IDocumentStore documents, Worker worker, ParkedWork parked, Dispatcher dispatcher, PostWriter posts, Notifier notifier, TimeProvider time)
{
    /// <summary>Runs when a post is to be written.</summary>
    [Function(nameof(PublishScheduledPost))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ScheduledPostPipeline.Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunNotedAsync<ScheduledPostDocument>(ScheduledPostPipeline.Queue, message, scheduled => LookAsync(message, scheduled, cancellationToken), cancellationToken);

    private async Task LookAsync(WorkMessage message, ScheduledPostDocument scheduled, CancellationToken cancellationToken)
    {
        if (ScheduledPostPipeline.Next(scheduled).Count == 0)
        {
            return;
        }

        if (time.GetUtcNow() < scheduled.PublishAt)
        {
            // Either its time was changed, and another message comes then, or the queue's clock is ahead of this one.
            if (message.Revision == scheduled.Revision)
            {
                await dispatcher.SendLaterAsync(ScheduledPostPipeline.Queue, message, scheduled.PublishAt, cancellationToken);
            }

            return;
        }

        var named = new WorkMessage(scheduled.OwnerId, scheduled.Id, scheduled.Revision, message.WaitingId) { Attempt = message.Attempt };
        await parked.UnlessSuspendedAsync(scheduled.OwnerId, ScheduledPostPipeline.Queue, named, () => PublishAsync(scheduled, cancellationToken), cancellationToken);
    }

    private async Task PublishAsync(ScheduledPostDocument scheduled, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<ProfileDocument>(scheduled.OwnerId, scheduled.OwnerId, cancellationToken) is not { DeletedAt: null })
        {
            // Whoever is leaving says nothing any more; the scheduled post goes with everything else.
            return;
        }

        var publishing = scheduled;
        if (scheduled.Status == ScheduledPostStatus.Waiting)
        {
            // From here on it can be neither changed nor called off, so that what was called off is not written after all.
            publishing = (await documents.ReplaceAsync(scheduled with { Status = ScheduledPostStatus.Publishing }, cancellationToken)).NotThrottled().Document
                ?? throw new StaleReadException(ScheduledPostPipeline.Queue, scheduled.Revision, null);
        }

        var (content, invalid) = PostContent.Read(scheduled.Content.FillIn(new NewPost()), scheduled.OwnerId);
        if ((invalid ?? await posts.WriteAsync(scheduled.PostId, scheduled.OwnerId, content, charge: null, cancellationToken)) is not { } refused)
        {
            await worker.FinishAsync(publishing.Published(), cancellationToken);
            return;
        }

        var failed = publishing.Failed(ReasonOf(refused));
        await notifier.TellAsync([NotificationOf(failed)], cancellationToken);
        await worker.FinishAsync(failed, cancellationToken);
    }

    private static string ReasonOf(Error refused) => refused.Fields is { Count: > 0 } fields ? string.Join(' ', fields.SelectMany(field => field.Value)) : refused.Detail;

    private NotificationDocument NotificationOf(ScheduledPostDocument failed) => new()
    {
        Id = NotificationDocument.IdOf(failed.PostId[..Ids.Length], NotificationKind.Scheduled),
        OwnerId = failed.OwnerId,
        Kind = NotificationKind.Scheduled,
        Text = $"A post that you had scheduled was not published. {failed.Reason}",
        CreatedAt = time.GetUtcNow(),
    };
}
