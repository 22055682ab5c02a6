using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>A reference to a post from somewhere: the skeleton of a list.</summary>
/// <param name="PostId">The post; must be well formed.</param>
/// <param name="Place">Where it would be seen.</param>
/// <param name="By">Profile that brought it there besides its author (a booster), who must not be blocked or muted either.</param>
public readonly record struct PostReference(string PostId, Place Place, string? By = null);

/// <summary>
/// How every list of posts is read: skeleton (references) -> hydration (one batched load) -> rules (<see cref="PostRules"/>) -> presentation.
/// Whatever a list still references, only what the viewer may see now comes out.
/// </summary>
public sealed class PostReader(IDocumentStore documents, RecentDocuments recent, TimeProvider time)
{
    /// <summary>How long it usually takes at most until a reaction is counted.</summary>
    private static readonly TimeSpan Counting = TimeSpan.FromSeconds(10);

    /// <summary>Reads one post; null if the viewer may not see it or it does not exist.</summary>
    public async ValueTask<Post?> ReadAsync(string? postId, Viewer viewer, Place place, CancellationToken cancellationToken) =>
        OwnedIds.TryParse(postId, out _) ? (await ReadAsync([new PostReference(postId, place)], viewer, cancellationToken))[0] : null;

    /// <summary>Reads posts: for each reference, in order, the post or null where the viewer may not see it.</summary>
    public async ValueTask<IReadOnlyList<Post?>> ReadAsync(IReadOnlyList<PostReference> references, Viewer viewer, CancellationToken cancellationToken) =>
        (await ReadWithAsync(references, [], viewer, cancellationToken)).Posts;

    /// <summary>
    /// Reads posts and, in the same batch, documents that the list itself needs to decide or to explain, other than profiles of
    /// authors and of those who brought posts, which are loaded anyway.
    /// </summary>
    /// <returns>For each reference, in order, the post or null; and everything that was loaded, the relations and profiles of authors included.</returns>
    public async ValueTask<(IReadOnlyList<Post?> Posts, DocumentSet Loaded)> ReadWithAsync(
        IReadOnlyList<PostReference> references, IReadOnlyCollection<DocumentKey> others, Viewer viewer, CancellationToken cancellationToken)
    {
        if (references.Count == 0)
        {
            return ([], new DocumentSet());
        }

        var keys = Keys(references, viewer);
        keys.AddRange(others);
        var loaded = await recent.ReadManyAsync(keys, key => IsOwn(key, viewer), cancellationToken);
        await RefreshAsync(references, loaded, viewer, cancellationToken);
        var quotes = await LoadQuotesAsync(references, loaded, viewer, cancellationToken);
        var posts = new Post?[references.Count];
        for (var i = 0; i < posts.Length; i++)
        {
            posts[i] = Present(references[i], viewer, loaded, quotes);
        }

        return (posts, loaded);
    }

    /// <summary>What people have just changed themselves they see changed.</summary>
    private static bool IsOwn(DocumentKey key, Viewer viewer) => key.PartitionKey == viewer.ProfileId;

    /// <summary>Loads the counters of posts that the viewer has just reacted to: theirs must be among them as soon as they are counted.</summary>
    private async ValueTask RefreshAsync(IReadOnlyList<PostReference> references, DocumentSet loaded, Viewer viewer, CancellationToken cancellationToken)
    {
        if (recent.Age == TimeSpan.Zero || viewer.ProfileId is not { } viewerId)
        {
            return;
        }

        // Counting takes a moment, and what was remembered before it ended lasts a while.
        var since = time.GetUtcNow() - (2 * recent.Age) - Counting;
        var touched = references.Select(reference => reference.PostId).Where(id => Changed(ReactionKind.Like, id) || Changed(ReactionKind.Boost, id)).ToHashSet();
        if (touched.Count > 0)
        {
            loaded.Add(await documents.ReadManyAsync([.. touched.Select(id => DocumentKey.Of<StatsDocument>(id, StatsDocument.CountersId))], cancellationToken));
        }

        bool Changed(ReactionKind kind, string postId) =>
            loaded.Get<ReactionDocument>(viewerId, ReactionDocument.IdOf(kind, postId)) is { } reaction && reaction.WorkSince >= since;
    }

    /// <summary>The stored post, if the viewer may see it at a place; for handlers that go on to change something.</summary>
    public async ValueTask<PostDocument?> FindAsync(string? postId, Viewer viewer, Place place, CancellationToken cancellationToken)
    {
        if (!OwnedIds.TryParse(postId, out var authorId))
        {
            return null;
        }

        var keys = new List<DocumentKey>(2) { DocumentKey.Of<PostDocument>(authorId, postId) };
        if (viewer.ProfileId is { } viewerId && viewerId != authorId)
        {
            keys.Add(DocumentKey.Of<RelationDocument>(viewerId, authorId));
        }

        var loaded = await documents.ReadManyAsync(keys, cancellationToken);
        return Visible(new PostReference(postId, place), viewer, loaded);
    }

    /// <summary>Everything about the posts that their ids tell the address of, each once; quotes need a second load.</summary>
    private static List<DocumentKey> Keys(IReadOnlyList<PostReference> references, Viewer viewer)
    {
        var keys = new List<DocumentKey>(references.Count * 7);
        var seen = new HashSet<string>(references.Count * 2);
        foreach (var (postId, _, by) in references)
        {
            var authorId = OwnedIds.OwnerOf(postId);
            if (seen.Add(postId))
            {
                keys.Add(DocumentKey.Of<PostDocument>(authorId, postId));
                keys.Add(DocumentKey.Of<StatsDocument>(postId, StatsDocument.CountersId));
                AddReactions(keys, postId, viewer);
            }

            if (seen.Add(authorId))
            {
                keys.Add(DocumentKey.Of<ProfileDocument>(authorId, authorId));
                AddRelation(keys, authorId, viewer);
            }

            if (by is not null && seen.Add(by))
            {
                keys.Add(DocumentKey.Of<ProfileDocument>(by, by));
                AddRelation(keys, by, viewer);
            }
        }

        return keys;
    }

    private static void AddReactions(List<DocumentKey> keys, string postId, Viewer viewer)
    {
        if (viewer.ProfileId is { } viewerId)
        {
            keys.Add(DocumentKey.Of<ReactionDocument>(viewerId, ReactionDocument.IdOf(ReactionKind.Like, postId)));
            keys.Add(DocumentKey.Of<ReactionDocument>(viewerId, ReactionDocument.IdOf(ReactionKind.Boost, postId)));
            keys.Add(DocumentKey.Of<ReactionDocument>(viewerId, ReactionDocument.IdOf(ReactionKind.Bookmark, postId)));
        }
    }

    private static void AddRelation(List<DocumentKey> keys, string otherId, Viewer viewer)
    {
        if (viewer.ProfileId is { } viewerId)
        {
            keys.Add(DocumentKey.Of<RelationDocument>(viewerId, otherId));
        }
    }

    private async ValueTask<DocumentSet> LoadQuotesAsync(IReadOnlyList<PostReference> references, DocumentSet loaded, Viewer viewer, CancellationToken cancellationToken)
    {
        var keys = new HashSet<DocumentKey>();
        foreach (var (postId, _, _) in references)
        {
            if (loaded.Get<PostDocument>(OwnedIds.OwnerOf(postId), postId)?.Quote is { } quote)
            {
                var authorId = OwnedIds.OwnerOf(quote);
                keys.Add(DocumentKey.Of<PostDocument>(authorId, quote));
                keys.Add(DocumentKey.Of<ProfileDocument>(authorId, authorId));
                if (viewer.ProfileId is { } viewerId)
                {
                    keys.Add(DocumentKey.Of<RelationDocument>(viewerId, authorId));
                }
            }
        }

        return keys.Count == 0 ? loaded : await recent.ReadManyAsync(keys, key => IsOwn(key, viewer), cancellationToken);
    }

    private static Post? Present(PostReference reference, Viewer viewer, DocumentSet loaded, DocumentSet quotes)
    {
        if (Visible(reference, viewer, loaded) is not { } post || loaded.Get<ProfileDocument>(post.AuthorId, post.AuthorId) is not { } author)
        {
            return null;
        }

        return PostPresenter.Full(
            post, author, loaded.Get<StatsDocument>(post.Id, StatsDocument.CountersId), Quoted(post, viewer, quotes), ViewerOf(post, viewer, loaded));
    }

    private static PostDocument? Visible(PostReference reference, Viewer viewer, DocumentSet loaded)
    {
        var authorId = OwnedIds.OwnerOf(reference.PostId);
        var post = loaded.Get<PostDocument>(authorId, reference.PostId);
        var relation = viewer.ProfileId is { } viewerId ? loaded.Get<RelationDocument>(viewerId, authorId) : null;
        return post is not null && PostRules.MaySee(post, viewer, relation, reference.Place) && MayBring(reference.By, viewer, loaded) ? post : null;
    }

    private static bool MayBring(string? by, Viewer viewer, DocumentSet loaded) =>
        by is null
        || viewer.ProfileId is not { } viewerId
        || loaded.Get<RelationDocument>(viewerId, by) is not ({ Blocked: true } or { Muting: true });

    private static QuotedPost? Quoted(PostDocument post, Viewer viewer, DocumentSet quotes) =>
        post.Quote is { } quote
        && Visible(new PostReference(quote, Place.Quote), viewer, quotes) is { } quoted
        && quotes.Get<ProfileDocument>(quoted.AuthorId, quoted.AuthorId) is { } author
            ? PostPresenter.Quoted(quoted, author)
            : null;

    private static PostViewer? ViewerOf(PostDocument post, Viewer viewer, DocumentSet loaded)
    {
        return viewer.ProfileId is { } viewerId ? new(Has(ReactionKind.Like), Has(ReactionKind.Boost), Has(ReactionKind.Bookmark)) : null;

        bool Has(ReactionKind kind) => loaded.Get<ReactionDocument>(viewerId, ReactionDocument.IdOf(kind, post.Id)) is { Active: true };
    }
}
