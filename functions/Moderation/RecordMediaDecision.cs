using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>
/// Puts a decision on a picture on record, and carries it to the post and the profile that show the picture: what is kept back leaves them, what is released
/// comes back.
/// </summary>
public sealed class RecordMediaDecision(IDocumentStore documents, Worker worker, DecisionRecords records, RemovedPictures removed, PostPictures pictures, TimeProvider time)
{
    /// <summary>Writes what follows from the picture's present decision, then says on the picture that it is written.</summary>
    [Function(nameof(RecordMediaDecision))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(MediaPipeline.RecordQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<MediaPipeline, MediaDocument>(MediaPipeline.RecordQueue, message, media => RecordAsync(media, cancellationToken), cancellationToken);

    private async Task RecordAsync(MediaDocument media, CancellationToken cancellationToken)
    {
        if (media.Moderation.CaseId != media.RecordedCaseId && !media.Unseen)
        {
            await removed.NoteAsync(media, cancellationToken);
            await CarryToPostAsync(media, cancellationToken);
            await CarryToProfileAsync(media, cancellationToken);
        }

        await records.WriteAsync(media, cancellationToken);
        var (recorded, inReview, gone) = (media.Moderation.CaseId, media.NeedsReview, media.DiscardedAt is not null);
        if (await documents.UpdateAsync<MediaDocument>(
            media.OwnerId, media.Id, now => now with { RecordedCaseId = recorded, InReview = inReview, GoneInCase = gone }, cancellationToken) is null)
        {
            await records.ForgetAsync(media, cancellationToken);
        }
    }

    /// <summary>A post that is still to be examined sees the decision then.</summary>
    private async Task CarryToPostAsync(MediaDocument media, CancellationToken cancellationToken)
    {
        while (media.PostId is { } postId
            && await documents.FindAsync<PostDocument>(media.OwnerId, postId, cancellationToken) is { DeletedAt: null, Moderation.Status: not ModerationStatus.Pending } post)
        {
            var applied = await pictures.ApplyAsync(post, cancellationToken);
            if (ReferenceEquals(applied, post)
                || (await documents.ReplaceAsync(applied with { WorkSince = time.GetUtcNow() }, cancellationToken)).NotThrottled().IsDone)
            {
                return;
            }
        }
    }

    private async Task CarryToProfileAsync(MediaDocument media, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await documents.UpdateAsync<ProfileDocument>(
            media.OwnerId,
            media.OwnerId,
            profile => media.Moderation.Status switch
            {
                ModerationStatus.Removed => profile.Without(media.Id, now),
                ModerationStatus.Held => profile.Awaiting(media.Id, now),
                _ => profile.Released(media.Id, now),
            },
            cancellationToken);
    }
}
