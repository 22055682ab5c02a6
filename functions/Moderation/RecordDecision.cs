using Microsoft.Extensions.Options;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Puts a decision on record: its case, the author's notification, and the moderators' list.</summary>
public sealed class RecordDecision(IDocumentStore documents, Worker worker, Notifier notifier, IOptions<ModerationOptions> options)
{
    /// <summary>Writes what follows from the post's present decision, then says on the post that it is written.</summary>
    [Function(nameof(RecordDecision))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(PostPipeline.RecordQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<PostPipeline, PostDocument>(PostPipeline.RecordQueue, message, post => RecordAsync(post, cancellationToken), cancellationToken);

    private async Task RecordAsync(PostDocument post, CancellationToken cancellationToken)
    {
        if (CaseDocument.Of(post) is { } decision)
        {
            await documents.UpsertManyAsync([decision], cancellationToken);
            await TellAsync(post, decision, cancellationToken);
        }

        if (post.NeedsReview)
        {
            await documents.UpsertManyAsync([ReviewDocument.Of(post, options.Value.ReviewShards)], cancellationToken);
        }
        else
        {
            // Whatever the post says of the list: an earlier run may have written the entry and died before it could say so.
            // Whichever partition it was written to, with whatever number of them.
            await documents.DeleteManyAsync(
                [.. ReviewDocument.Partitions(options.Value.ReviewShards).Select(partition => DocumentKey.Of<ReviewDocument>(partition, post.Id))], cancellationToken);
        }

        var (recorded, inReview) = (post.Moderation.CaseId, post.NeedsReview);
        await documents.UpdateAsync<PostDocument>(
            post.PartitionKey, post.Id, now => now with { RecordedCaseId = recorded, InReview = inReview }, cancellationToken);
    }

    /// <summary>The newest decision is the one that counts, so what was told of the one before is taken back.</summary>
    private async Task TellAsync(PostDocument post, CaseDocument decision, CancellationToken cancellationToken)
    {
        if (post.RecordedCaseId is { } before)
        {
            await notifier.WithdrawAsync([(post.AuthorId, NotificationDocument.IdOf(before, NotificationKind.Moderation))], cancellationToken);
        }

        // A moderator who confirms what was never in doubt is no news.
        var news = decision.Decision is not ModerationStatus.Approved || post.RecordedCaseId is not null;
        if (news && post.DeletedAt is null)
        {
            await notifier.TellAsync([NotificationOf(post, decision)], cancellationToken);
        }
    }

    private static NotificationDocument NotificationOf(PostDocument post, CaseDocument decision) => new()
    {
        Id = NotificationDocument.IdOf(decision.Id, NotificationKind.Moderation),
        OwnerId = post.AuthorId,
        Kind = NotificationKind.Moderation,
        PostId = post.Id,
        Text = decision.Reason ?? "A person looked at your post and released it.",
        CreatedAt = decision.At,
    };
}
