using System.Diagnostics;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts;

/// <summary>
/// Deletes a person's posts, one after the other, as if the person did: their pipeline takes them out of threads, tags, feeds, counters and
/// notifications. Once a tombstone is at rest, everything that stands by its id goes: what others did about it, the replies' thread, its cases.
/// </summary>
public sealed class ErasePosts(
    IDocumentStore documents, ReactionWriter reactions, PostForgetting forgetting, CaseErasure cases, TimeProvider time) : IErasureStep
{
    private const int MarksPerPage = 200;
    private static readonly string BoostMarks = PostPresenter.BoostsCounter + ':';
    private static readonly string LikeMarks = PostPresenter.LikesCounter + ':';
    private static readonly string[] ReplyMarks = [PostPresenter.RepliesCounter + ':', PostPresenter.FollowersOnlyRepliesCounter + ':'];

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Works;

    /// <inheritdoc/>
    /// <remarks>A position is the post before, or, with a bar behind it, the post to go on with and the mark before.</remarks>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var (from, mark) = after?.Split('|') is [var id, var last] ? (id, last) : (null, null);
        var query = new DocumentQuery(person.ProfileId, 1) { From = from };
        var page = await documents.QueryAsync<PostDocument>(from is null ? query.After(after) : query, cancellationToken);
        if (page.Items is not [var post])
        {
            return new(null);
        }

        var now = time.GetUtcNow();
        var deleted = post.DeletedAt is null
            ? await documents.UpdateReadAsync(post, found => DeletePost.Delete(found, now, Activity.Current?.Id), cancellationToken) ?? post
            : post;
        var isAtRest = deleted is { DeletedAt: not null, Ttl: not null } && PostPipeline.Next(deleted).Count == 0;
        if (!person.IsFinal || !isAtRest)
        {
            var (boosted, undone) = await WithdrawBoostsAsync(post.Id, mark, cancellationToken);
            return new(boosted is null ? post.Id : $"{post.Id}|{boosted}", isAtRest && undone);
        }

        // A page that left something comes again until it finds nothing: what it meets is gone then.
        var (more, settled) = await EraseTracesAsync(person.ProfileId, post.Id, cancellationToken);
        if (!more && settled)
        {
            await documents.DeleteAsync<PostDocument>(post.AuthorId, post.Id, cancellationToken);
        }

        return new(more || !settled ? $"{post.Id}|" : post.Id, settled);
    }

    /// <summary>Takes others' boosts back, so that the post leaves the feeds it came into by them.</summary>
    private async Task<(string? Next, bool IsAtRest)> WithdrawBoostsAsync(string postId, string? after, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(postId, MarksPerPage).WithPrefix(BoostMarks);
        var page = await documents.QueryAsync<Bare<TallyMark>>(after is { Length: > 0 } ? query.After(after) : query, cancellationToken);
        return (page.Next, await WithdrawAsync(postId, [.. page.Items.Select(item => item.Id[BoostMarks.Length..])], cancellationToken));
    }

    private async Task<bool> WithdrawAsync(string postId, IReadOnlyCollection<string> boosters, CancellationToken cancellationToken)
    {
        var id = ReactionDocument.IdOf(ReactionKind.Boost, postId);
        var loaded = await documents.ReadManyAsync([.. boosters.Select(booster => DocumentKey.Of<ReactionDocument>(booster, id))], cancellationToken);
        var isAtRest = true;
        foreach (var boost in boosters.Select(booster => loaded.Get<ReactionDocument>(booster, id)).OfType<ReactionDocument>())
        {
            if (boost.Active)
            {
                await reactions.EndAsync(ReactionKind.Boost, postId, boost.ActorId, cancellationToken);
            }

            isAtRest &= !boost.Active && ReactionPipeline.Next(boost).Count == 0;
        }

        return isAtRest;
    }

    /// <summary>Erases a page of what stands by the post's id.</summary>
    private async Task<(bool More, bool IsAtRest)> EraseTracesAsync(string goneId, string postId, CancellationToken cancellationToken)
    {
        foreach (var subject in await SubjectsAsync(postId, cancellationToken))
        {
            var marks = await documents.QueryAsync<Bare<TallyMark>>(new DocumentQuery(subject, MarksPerPage), cancellationToken);
            if (!await EraseMarkedAsync(goneId, postId, [.. marks.Items.Select(mark => mark.Id)], cancellationToken))
            {
                return (true, false);
            }

            await documents.DeleteManyAsync([.. marks.Items.Select(mark => DocumentKey.Of<TallyMark>(subject, mark.Id))], cancellationToken);
            if (marks.HasMore)
            {
                return (true, true);
            }
        }

        var replies = await documents.QueryAsync<ReplyDocument>(new DocumentQuery(postId, MarksPerPage), cancellationToken);
        foreach (var reply in replies.Items)
        {
            await forgetting.ForgetAsync(reply.Id, goneId, cancellationToken);
            await forgetting.MoveAsync(postId, reply.Id, goneId, cancellationToken);
        }

        return (replies.HasMore || await cases.ErasePageAsync(new(SubjectType.Post, postId), goneId, cancellationToken), true);
    }

    /// <summary>Erases what marks in the post's counters stand for: others' likes and boosts of it, and in their replies that they answer it.</summary>
    private async Task<bool> EraseMarkedAsync(string goneId, string postId, IReadOnlyCollection<string> marks, CancellationToken cancellationToken)
    {
        var boosters = Facts(BoostMarks);
        if (!await WithdrawAsync(postId, boosters, cancellationToken))
        {
            return false;
        }

        await documents.DeleteManyAsync(
            [
                .. boosters.Select(actor => DocumentKey.Of<ReactionDocument>(actor, ReactionDocument.IdOf(ReactionKind.Boost, postId))),
                .. Facts(LikeMarks).Select(actor => DocumentKey.Of<ReactionDocument>(actor, ReactionDocument.IdOf(ReactionKind.Like, postId))),
            ],
            cancellationToken);
        foreach (var reply in ReplyMarks.SelectMany(Facts))
        {
            await forgetting.ForgetAsync(reply, goneId, cancellationToken);
            await documents.DeleteAsync<RepliedDocument>(OwnedIds.OwnerOf(reply), RepliedDocument.IdOf(postId), cancellationToken);
        }

        return true;

        List<string> Facts(string prefix) => [.. marks.Where(mark => mark.StartsWith(prefix, StringComparison.Ordinal)).Select(mark => mark[prefix.Length..])];
    }

    /// <summary>The post's own counters last: they tell that there are others.</summary>
    private async Task<IReadOnlyList<string>> SubjectsAsync(string postId, CancellationToken cancellationToken) =>
        await documents.FindAsync<StatsDocument>(postId, StatsDocument.CountersId, cancellationToken) is { } stats && stats[ShardedTallies.CollectedLikes] != 0
            ? [.. Enumerable.Range(1, TallyOptions.MostShards).Select(shard => ShardedTallies.SubjectOf(postId, shard)), postId]
            : [postId];
}
