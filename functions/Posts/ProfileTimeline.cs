using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>What of a profile's posts is asked for.</summary>
public enum ProfilePosts
{
    /// <summary>Everything: posts, replies and boosts, and what is pinned first.</summary>
    All,

    /// <summary>What answers nobody else, and boosts, and what is pinned first.</summary>
    Posts,

    /// <summary>What answers somebody.</summary>
    Replies,

    /// <summary>What has pictures.</summary>
    Media,
}

/// <summary>
/// Reads what a profile posted and boosted, merged by time: a post stands where it was written, a boost where it was given. A position is a time-ordered id of
/// either kind without its owner; both partitions are read from there on, and what is behind the end of one that goes on waits for the next look.
/// </summary>
public sealed class ProfileTimeline(IDocumentStore documents, PostReader reader, PostPager pager)
{
    /// <summary>Reads a page.</summary>
    /// <param name="profile">Whose posts.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="list">Name of the list, for its cursors.</param>
    /// <param name="page">What the caller asks for.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<Page<Post>> ReadAsync(
        ProfileDocument profile, ProfilePosts filter, string list, PageRequest page, Viewer viewer, CancellationToken cancellationToken)
    {
        var withBoosts = filter is ProfilePosts.All or ProfilePosts.Posts;
        HashSet<string> pins = withBoosts ? [.. profile.Pins] : [];
        var pinned = page.After is null ? await PinnedAsync(profile, pins, page, viewer, cancellationToken) : [];
        if (pinned.Count == page.Limit)
        {
            // Not the end: what comes next begins where everything does.
            return await pager.ReadAsync(list, page with { Limit = 1 }, ChunkAsync, viewer, cancellationToken) is { Items.Count: 0, Next: null }
                ? new(pinned, null)
                : new(pinned, pager.CursorOf(list, Ids.End));
        }

        var rest = await pager.ReadAsync(list, page with { Limit = page.Limit - pinned.Count }, ChunkAsync, viewer, cancellationToken);
        return rest with { Items = [.. pinned, .. rest.Items] };

        async ValueTask<PostChunk> ChunkAsync(string? after, int limit)
        {
            var posts = await documents.QueryAsync<PostDocument>(new DocumentQuery(profile.Id, limit) { Descending = true, To = after }, cancellationToken);
            var boosts = withBoosts
                ? await documents.QueryAsync<ReactionDocument>(ReactionDocument.InOrderOfAct(profile.Id, ReactionKind.Boost, limit) with { To = after }, cancellationToken)
                : new DocumentPage<ReactionDocument>([], HasMore: false);
            return Merge(profile.Id, filter, pins, posts, boosts);
        }
    }

    /// <summary>The pinned posts that the viewer may see, the one pinned last first; a page of few does not hold them all.</summary>
    private async ValueTask<IReadOnlyList<Post>> PinnedAsync(
        ProfileDocument profile, HashSet<string> pins, PageRequest page, Viewer viewer, CancellationToken cancellationToken)
    {
        var references = profile.Pins.Where(pins.Contains).Select(id => new PostReference(id, Place.Timeline)).ToList();
        var posts = await reader.ReadAsync(references, viewer, cancellationToken);
        return [.. posts.OfType<Post>().Take(page.Limit).Where(post => page.Budget.TryTake(post)).Select(post => post with { Pinned = true })];
    }

    /// <summary>Puts posts and boosts in one order. Pure.</summary>
    private static PostChunk Merge(
        string profileId, ProfilePosts filter, HashSet<string> pins, DocumentPage<PostDocument> posts, DocumentPage<ReactionDocument> boosts)
    {
        var end = Max(posts.Next?[..Ids.Length], boosts.Next);
        var entries = posts.Items
            .Where(post => post.DeletedAt is null && !pins.Contains(post.Id) && Fits(post, filter))
            .Select(post => (Position: post.Id[..Ids.Length], Reference: new PostReference(post.Id, Place.Timeline)))
            .Concat(boosts.Items
                .Where(boost => boost.Active)
                .Select(boost => (Position: boost.EventId, Reference: new PostReference(boost.PostId, Place.Boost, profileId) { BoostedAt = Ids.TimeOf(boost.EventId) })))
            .Where(entry => end is null || string.CompareOrdinal(entry.Position, end) >= 0)
            .OrderByDescending(entry => entry.Position, StringComparer.Ordinal);
        return new([.. entries], end);
    }

    private static bool Fits(PostDocument post, ProfilePosts filter) => filter switch
    {
        ProfilePosts.Posts => post.ReplyTo is null || OwnedIds.OwnerOf(post.ReplyTo) == post.AuthorId,
        ProfilePosts.Replies => post.ReplyTo is not null,
        ProfilePosts.Media => post.Media.Count > 0,
        _ => true,
    };

    private static string? Max(string? a, string? b) => a is null ? b : b is null || string.CompareOrdinal(a, b) > 0 ? a : b;
}
