using ServerlessSocial.Filters;
using ServerlessSocial.Graph;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Polls;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>A reference to a post from somewhere: the skeleton of a list.</summary>
/// <param name="PostId">The post; must be well formed.</param>
/// <param name="Place">Where it would be seen.</param>
/// <param name="By">Profile that brought it there besides its author (a booster), who must not be blocked or muted either.</param>
public readonly record struct PostReference(string PostId, Place Place, string? By = null)
{
    /// <summary>When <see cref="By"/> boosted it, where the post itself is to tell that; null elsewhere.</summary>
    public DateTimeOffset? BoostedAt { get; init; }

    /// <summary>Who wrote it.</summary>
    public string AuthorId { get; } = OwnedIds.OwnerOf(PostId);
}

/// <summary>
/// How every list of posts is read: skeleton (references) -> hydration (one batched load) -> rules (<see cref="PostRules"/>) -> presentation.
/// Whatever a list still references, only what the viewer may see now comes out.
/// </summary>
public sealed class PostReader(IDocumentStore documents, RecentDocuments recent, CaseAccess cases, PostFilters filters, TimeProvider time)
{
    /// <summary>How long it usually takes at most until a reaction is counted.</summary>
    private static readonly TimeSpan Counting = TimeSpan.FromSeconds(10);

    /// <summary>Reads one post; null if the viewer may not see it or it does not exist.</summary>
    public async ValueTask<Post?> ReadAsync(string? postId, Viewer viewer, Place place, CancellationToken cancellationToken) =>
        !OwnedIds.TryParse(postId, out _) ? null
        : (await ReadAsync([new PostReference(postId, place)], viewer, cancellationToken))[0] is { } post ? post
        : await MayLookAsync(postId, viewer, place, cancellationToken) ? await ReadInCaseAsync(postId, viewer, cancellationToken)
        : null;

    /// <summary>
    /// Reads one post for a handler that goes on to decide about it: as it counts now (not to be stored), as the viewer sees it, and what was loaded for
    /// that, the viewer's reactions among it. Null if the viewer may not see it as anybody does.
    /// </summary>
    public async ValueTask<(PostDocument Document, Post Shown, DocumentSet Loaded)?> LookAsync(string postId, Viewer viewer, CancellationToken cancellationToken)
    {
        if (!OwnedIds.TryParse(postId, out _))
        {
            return null;
        }

        var reference = new PostReference(postId, Place.Post);
        var (posts, loaded) = await HydrateAsync([reference], [], viewer.AsAnybody, cancellationToken);
        return posts[0] is { } shown && Of(viewer.AsAnybody, loaded).Visible(reference) is { } document ? (document, shown, loaded) : null;
    }

    /// <summary>Reads a post as the moderator of its case sees it. Callers have seen to it that the look is on record.</summary>
    public async ValueTask<Post?> ReadInCaseAsync(string postId, Viewer moderator, CancellationToken cancellationToken) =>
        (await HydrateAsync([new PostReference(postId, Place.Post)], [], moderator with { IsModerator = true }, cancellationToken)).Posts[0];

    /// <summary>Reads posts: for each reference, in order, the post or null where the viewer may not see it.</summary>
    public async ValueTask<IReadOnlyList<Post?>> ReadAsync(IReadOnlyList<PostReference> references, Viewer viewer, CancellationToken cancellationToken) =>
        (await ReadWithAsync(references, [], viewer, cancellationToken)).Posts;

    /// <summary>
    /// Reads posts and, in the same batch, documents that the list itself needs to decide or to explain, other than profiles of
    /// authors and of those who brought posts, which are loaded anyway.
    /// </summary>
    /// <returns>For each reference, in order, the post or null; and everything that was loaded, the relations and profiles of authors included.</returns>
    public ValueTask<(IReadOnlyList<Post?> Posts, DocumentSet Loaded)> ReadWithAsync(
        IReadOnlyList<PostReference> references, IReadOnlyCollection<DocumentKey> others, Viewer viewer, CancellationToken cancellationToken) =>
        HydrateAsync(references, others, viewer.AsAnybody, cancellationToken);

    private async ValueTask<(IReadOnlyList<Post?> Posts, DocumentSet Loaded)> HydrateAsync(
        IReadOnlyList<PostReference> references, IReadOnlyCollection<DocumentKey> others, Viewer viewer, CancellationToken cancellationToken)
    {
        if (references.Count == 0)
        {
            return ([], new DocumentSet());
        }

        var keys = PostKeys.Of(references, others, viewer);
        var loaded = await recent.ReadManyAsync(keys, key => IsOwn(key, viewer), cancellationToken);
        await RefreshAsync((viewerId, since) => Reacted(loaded, viewerId, since), loaded, viewer, cancellationToken);
        await AddAroundAsync(references, keys, loaded, viewer, cancellationToken);
        var posts = new Post?[references.Count];
        var view = Of(viewer, loaded);
        for (var i = 0; i < posts.Length; i++)
        {
            posts[i] = view.Present(references[i]);
        }

        return (posts, loaded);
    }

    private PostView Of(Viewer viewer, DocumentSet loaded) => new(viewer, loaded, filters, time.GetUtcNow());

    /// <summary>What people have just changed themselves they see changed.</summary>
    private static bool IsOwn(DocumentKey key, Viewer viewer) => key.PartitionKey == viewer.ProfileId;

    /// <summary>
    /// Loads anew the counters of posts that the viewer has just reacted to, or of polls in which they have just voted: theirs must be among them as soon as they are counted.
    /// </summary>
    /// <param name="touched">Their keys: of what the viewer did since a moment.</param>
    /// <param name="loaded">Where to add them.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    private async ValueTask RefreshAsync(Func<string, DateTimeOffset, IEnumerable<DocumentKey>> touched, DocumentSet loaded, Viewer viewer, CancellationToken cancellationToken)
    {
        if (recent.Age == TimeSpan.Zero || viewer.ProfileId is not { } viewerId)
        {
            return;
        }

        // Counting takes a moment, and what was remembered before it ended lasts a while.
        var keys = touched(viewerId, time.GetUtcNow() - (2 * recent.Age) - Counting).ToHashSet();
        if (keys.Count > 0)
        {
            loaded.Add(await documents.ReadManyAsync(keys, cancellationToken));
        }
    }

    private static IEnumerable<DocumentKey> Reacted(DocumentSet loaded, string viewerId, DateTimeOffset since) =>
        loaded.All<ReactionDocument>()
            .Where(reaction => reaction.ActorId == viewerId && reaction.Kind is ReactionKind.Like or ReactionKind.Boost && reaction.WorkSince >= since)
            .Select(reaction => DocumentKey.Of<StatsDocument>(reaction.PostId, StatsDocument.CountersId));

    private static IEnumerable<DocumentKey> Voted(IEnumerable<PostDocument> visible, DocumentSet loaded, string viewerId, DateTimeOffset since) =>
        visible.Where(post => post.Poll is not null && loaded.Get<VoteDocument>(viewerId, VoteDocument.IdOf(post.Id))?.WorkSince >= since).Select(post => PollVotes.CountersOf(post.Id));

    /// <summary>
    /// Adds what the posts stand beside and whom they mention, as far as it is not loaded: their ids do not tell it, so that pages with replies, quotes and mentions
    /// need this second batch, and those with mentions in quoted posts a third.
    /// </summary>
    private async ValueTask AddAroundAsync(
        IReadOnlyList<PostReference> references, IReadOnlyCollection<DocumentKey> asked, DocumentSet loaded, Viewer viewer, CancellationToken cancellationToken)
    {
        var view = Of(viewer, loaded);
        var (keys, mentioned, visible) = (new HashSet<DocumentKey>(), new HashSet<string>(StringComparer.Ordinal), new List<PostDocument>(references.Count));
        foreach (var reference in references)
        {
            if (view.Visible(reference) is { } post)
            {
                visible.Add(post);
                PostKeys.AddAround(keys, post, loaded.Get<StatsDocument>(post.Id, StatsDocument.CountersId), viewer);
            }
        }

        PostKeys.AddMentioned(keys, mentioned, visible, viewer);
        if (keys.Count == 0)
        {
            return;
        }

        keys.ExceptWith(asked);
        await AddAsync(keys);
        await RefreshAsync((viewerId, since) => Voted(visible, loaded, viewerId, since), loaded, viewer, cancellationToken);

        // Whom a quoted post mentions is only known now.
        var quoted = visible.Select(post => post.ShownQuote).OfType<string>().Distinct(StringComparer.Ordinal).Select(id => loaded.Get<PostDocument>(OwnedIds.OwnerOf(id), id)).OfType<PostDocument>();
        var named = new HashSet<DocumentKey>();
        PostKeys.AddMentioned(named, mentioned, quoted, viewer);
        if (named.Count > 0)
        {
            named.ExceptWith(keys);
            named.ExceptWith(asked);
            await AddAsync(named);
        }

        async ValueTask AddAsync(HashSet<DocumentKey> missing)
        {
            if (missing.Count > 0)
            {
                loaded.Add(await recent.ReadManyAsync(missing, key => IsOwn(key, viewer), cancellationToken));
            }
        }
    }

    /// <summary>The post as it counts now, if the viewer may see it at a place; for handlers that go on to decide about it. Not to be stored.</summary>
    public async ValueTask<PostDocument?> FindAsync(string? postId, Viewer viewer, Place place, CancellationToken cancellationToken)
    {
        if (!OwnedIds.TryParse(postId, out var authorId))
        {
            return null;
        }

        var keys = new List<DocumentKey>(4)
        {
            DocumentKey.Of<PostDocument>(authorId, postId), DocumentKey.Of<ProfileDocument>(authorId, authorId), StandingDocument.KeyOf(authorId),
        };
        if (viewer.ProfileId is { } viewerId && viewerId != authorId)
        {
            keys.Add(DocumentKey.Of<RelationDocument>(viewerId, authorId));
        }

        // The author's card is only asked whether there is an author: it may be seconds old. What decides who sees the post is not.
        var loaded = await recent.ReadManyAsync(keys, key => IsOwn(key, viewer), cancellationToken);
        if (loaded.Profile(authorId) is null)
        {
            return null;
        }

        var reference = new PostReference(postId, place);
        return Of(viewer.AsAnybody, loaded).Visible(reference) is { } post ? post
            : await MayLookAsync(postId, viewer, place, cancellationToken) ? Of(viewer, loaded).Visible(reference)
            : null;
    }

    /// <summary>A moderator sees by its own address, and nowhere else, what a case of theirs is about.</summary>
    private async ValueTask<bool> MayLookAsync(string postId, Viewer viewer, Place place, CancellationToken cancellationToken) =>
        place == Place.Post && viewer.IsModerator && await cases.MayLookAsync(viewer, new(SubjectType.Post, postId), cancellationToken);

    /// <summary>Whether a viewer may answer a post, and quote another one, that <see cref="FindAsync"/> found; null asks for nothing.</summary>
    public async ValueTask<(bool MayAnswer, bool MayQuote)> MayAsync(PostDocument? answered, PostDocument? quoted, Viewer viewer, CancellationToken cancellationToken)
    {
        var keys = new HashSet<DocumentKey>();
        if (answered is not null)
        {
            PostKeys.AddRelation(keys, answered.AuthorId, viewer);
            PostKeys.AddRelation(keys, OwnedIds.OwnerOf(answered.RootId), viewer);
            keys.Add(DocumentKey.Of<PostDocument>(OwnedIds.OwnerOf(answered.RootId), answered.RootId));
        }

        if (quoted is not null)
        {
            PostKeys.AddRelation(keys, quoted.AuthorId, viewer);
        }

        var view = Of(viewer, keys.Count == 0 ? new DocumentSet() : await documents.ReadManyAsync(keys, cancellationToken));
        return (answered is null || view.MayAnswer(answered), quoted is null || view.MayQuote(quoted));
    }
}
