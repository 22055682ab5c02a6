using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts;

/// <summary>Writes down what somebody does about a post. Everything that follows from it is the pipeline's work.</summary>
public sealed class ReactionWriter(IDocumentStore documents, PostReader reader, ReactionCounts counts, ShardedTallies shards, TimeProvider time)
{
    /// <summary>Reacts to a post.</summary>
    /// <returns>The post as it is with the reaction, or the expected error.</returns>
    public async ValueTask<Outcome<Post>> GiveAsync(ReactionKind kind, string postId, string actorId, CancellationToken cancellationToken)
    {
        if (await reader.LookAsync(postId, new Viewer(actorId, IsModerator: false), cancellationToken) is not var (post, shown, loaded))
        {
            return new Missing("post");
        }

        if (kind == ReactionKind.Boost && !PostRules.MayBeBoosted(post))
        {
            return new NotBoostable();
        }

        var now = time.GetUtcNow();
        var eventId = Ids.New(now);
        var trace = Activity.Current?.Id;
        var shard = kind == ReactionKind.Like ? await shards.ShardOfAsync(postId, actorId, cancellationToken) : null;

        if (kind == ReactionKind.Bookmark && post.AuthorId != actorId)
        {
            // Likes and boosts leave marks with the post; nothing else leads to a bookmark if its author's account is deleted.
            await documents.UpsertManyAsync(
                [ReferenceDocument.Of(post.AuthorId, PostReferences.Bookmark, PostReferences.BookmarkKey(actorId, postId))], cancellationToken);
        }

        // Mostly it is the first time, which needs no look at what is there: nothing of it was counted when the post was read.
        if (loaded.Get<ReactionDocument>(actorId, ReactionDocument.IdOf(kind, postId)) is null
            && (await documents.CreateAsync(Give(null)!, cancellationToken)).NotThrottled() is { Document: { } first })
        {
            return ReactionCounts.AfterFirst(shown, first);
        }

        var given = await documents.SetAsync<ReactionDocument>(actorId, ReactionDocument.IdOf(kind, postId), Give, cancellationToken);
        return await counts.AfterAsync(shown, given!, cancellationToken);

        ReactionDocument? Give(ReactionDocument? found) => ReactionWriter.Give(found, kind, postId, actorId, now, eventId, trace, shard);
    }

    /// <summary>Takes a reaction back, whatever has become of the post. Where there is none nothing happens.</summary>
    /// <returns>The post as it is without the reaction; null for one that the actor may not see any more; or the expected error.</returns>
    public async ValueTask<(Post? Post, Error? Error)> TakeBackAsync(ReactionKind kind, string postId, string actorId, CancellationToken cancellationToken)
    {
        if (!OwnedIds.TryParse(postId, out _))
        {
            return (null, new Missing("post"));
        }

        var after = await EndAsync(kind, postId, actorId, cancellationToken);
        return await reader.LookAsync(postId, new Viewer(actorId, IsModerator: false), cancellationToken) is not var (_, shown, _) ? default
            : after is null ? (shown, null)
            : (await counts.AfterAsync(shown, after, cancellationToken), null);
    }

    /// <summary>Ends a reaction to a post, if it stands.</summary>
    /// <returns>The reaction afterwards; null where there never was one.</returns>
    public async ValueTask<ReactionDocument?> EndAsync(ReactionKind kind, string postId, string actorId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var trace = Activity.Current?.Id;
        return await documents.UpdateAsync<ReactionDocument>(
            actorId,
            ReactionDocument.IdOf(kind, postId),
            // Even if the effects were not known to be in place, they may be half in place: undoing them is work in any case.
            found => !found.Active ? null : found with
            {
                Active = false,
                Settled = true,
                WorkSince = now,
                TraceParent = trace,
            },
            cancellationToken);
    }

    private static ReactionDocument? Give(
        ReactionDocument? found, ReactionKind kind, string postId, string actorId, DateTimeOffset now, string eventId, string? trace, int? shard) => found switch
        {
            null => new()
            {
                Id = ReactionDocument.IdOf(kind, postId),
                ActorId = actorId,
                Kind = kind,
                PostId = postId,
                Active = true,
                EventId = eventId,
                Shard = shard,
                WorkSince = now,
                TraceParent = trace,
            },
            { Active: true } => null,

            // Taken back and given again before the first time was undone: it is still the same event, whose traces are in place.
            _ => found with
            {
                Active = true,
                Settled = false,
                EventId = found.Settled ? found.EventId : eventId,
                FirstEventId = found.Settled ? found.FirstEventId : found.FirstEventId ?? found.EventId,
                WorkSince = now,
                TraceParent = trace,
            },
        };
}
