using ServerlessSocial.Filters;
using ServerlessSocial.Graph;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Polls;
using ServerlessSocial.Posts.Editing;
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
        return posts[0] is { } shown && Visible(reference, viewer.AsAnybody, loaded, time.GetUtcNow()) is { } document ? (document, shown, loaded) : null;
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

        var keys = PostKeys.Of(references, viewer);
        keys.AddRange(others);
        var loaded = await recent.ReadManyAsync(keys, key => IsOwn(key, viewer), cancellationToken);
        await RefreshAsync((viewerId, since) => Reacted(references, loaded, viewerId, since), loaded, viewer, cancellationToken);
        await AddAroundAsync(references, keys, loaded, viewer, cancellationToken);
        var posts = new Post?[references.Count];
        var now = time.GetUtcNow();
        for (var i = 0; i < posts.Length; i++)
        {
            posts[i] = Present(references[i], viewer, loaded, now);
        }

        return (posts, loaded);
    }

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

    private static IEnumerable<DocumentKey> Reacted(IReadOnlyList<PostReference> references, DocumentSet loaded, string viewerId, DateTimeOffset since)
    {
        return references.Where(reference => Changed(ReactionKind.Like, reference.PostId) || Changed(ReactionKind.Boost, reference.PostId))
            .Select(reference => DocumentKey.Of<StatsDocument>(reference.PostId, StatsDocument.CountersId));

        bool Changed(ReactionKind kind, string postId) =>
            loaded.Get<ReactionDocument>(viewerId, ReactionDocument.IdOf(kind, postId)) is { } reaction && reaction.WorkSince >= since;
    }

    private static IEnumerable<DocumentKey> Voted(IEnumerable<PostDocument> visible, DocumentSet loaded, string viewerId, DateTimeOffset since) =>
        visible.Where(post => post.Poll is not null && loaded.Get<VoteDocument>(viewerId, VoteDocument.IdOf(post.Id))?.WorkSince >= since).Select(post => PollVotes.CountersOf(post.Id));

    /// <summary>
    /// Adds what the posts stand beside and whom they mention, as far as it is not loaded: their ids do not tell it, so that pages with replies, quotes and mentions
    /// need this second batch, and those with mentions in quoted posts a third.
    /// </summary>
    private async ValueTask AddAroundAsync(
        IReadOnlyList<PostReference> references, IReadOnlyCollection<DocumentKey> asked, DocumentSet loaded, Viewer viewer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (keys, mentioned, visible) = (new HashSet<DocumentKey>(), new HashSet<string>(StringComparer.Ordinal), new List<PostDocument>(references.Count));
        foreach (var reference in references)
        {
            if (Visible(reference, viewer, loaded, now) is { } post)
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

        var (reference, now) = (new PostReference(postId, place), time.GetUtcNow());
        return Visible(reference, viewer.AsAnybody, loaded, now) is { } post ? post
            : await MayLookAsync(postId, viewer, place, cancellationToken) ? Visible(reference, viewer, loaded, now)
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

        var loaded = keys.Count == 0 ? new DocumentSet() : await documents.ReadManyAsync(keys, cancellationToken);
        return (
            answered is null || PostRules.MayAnswer(answered, Root(answered, loaded), viewer, id => Relation(id, viewer, loaded)),
            quoted is null || PostRules.MayQuote(quoted, viewer, Relation(quoted.AuthorId, viewer, loaded)));
    }

    private Post? Present(PostReference reference, Viewer viewer, DocumentSet loaded, DateTimeOffset now)
    {
        if (Visible(reference, viewer, loaded, now) is not { } post
            || !PostRules.MayStand(post, viewer, id => Relation(id, viewer, loaded), reference.Place)
            || loaded.Profile(post.AuthorId) is not { } author)
        {
            return null;
        }

        var filtered = filters.Match(post, ShownQuote(post, viewer, loaded, now), viewer, reference.Place, loaded, now);
        if (PostRules.IsLeftOut(filtered, reference.Place))
        {
            return null;
        }

        var sight = new PostSight(
            Answered(post, viewer, reference.Place, loaded, now),
            Known(post.RootId, viewer, loaded, now) ?? post.Id,
            Quoted(post, viewer, reference.Place, loaded, now),
            PostRules.IsFolded(post, viewer, reference.Place),
            post.AuthorId == viewer.ProfileId,
            ViewerOf(post, viewer, loaded),
            id => HandleOf(id, viewer, loaded));
        var shown = PostPresenter.Full(post, author, loaded.Get<StatsDocument>(post.Id, StatsDocument.CountersId), sight) with
        {
            Filtered = filtered.Count > 0 ? filtered : null,
            EditedAt = post.EditedAt,
            PendingEdit = post.AuthorId == viewer.ProfileId ? PendingEdit.Of(post) : null,
            Poll = sight.Folded ? null : Poll.Of(post, loaded, viewer.ProfileId, now),
        };
        return reference is { BoostedAt: { } at, By: { } by } && loaded.Profile(by) is { } booster
            ? shown with { BoostedBy = ProfilePresenter.Card(booster), BoostedAt = at }
            : shown;
    }

    /// <summary>A case opens the post that it is about: what stands beside that its moderator sees as anybody does.</summary>
    private static PostDocument? VisibleBeside(string postId, Place place, Viewer viewer, DocumentSet loaded, DateTimeOffset now) =>
        Visible(new PostReference(postId, place), viewer.AsAnybody, loaded, now);

    private static PostDocument? Visible(PostReference reference, Viewer viewer, DocumentSet loaded, DateTimeOffset now)
    {
        var authorId = OwnedIds.OwnerOf(reference.PostId);
        if (loaded.Get<PostDocument>(authorId, reference.PostId) is not { } stored)
        {
            return null;
        }

        var post = PostRules.As(stored, loaded.StandingOf(authorId, now));
        return PostRules.MaySee(post, viewer, Relation(authorId, viewer, loaded), reference.Place) && MayBring(reference.By, viewer, loaded, now) ? post : null;
    }

    /// <summary>What an account that is held back passes on comes nowhere.</summary>
    private static bool MayBring(string? by, Viewer viewer, DocumentSet loaded, DateTimeOffset now) =>
        by is null
        || (loaded.StandingOf(by, now) == Standing.Good && Relation(by, viewer, loaded) is not ({ Blocked: true } or { Muting: true }));

    private static RelationDocument? Relation(string otherId, Viewer viewer, DocumentSet loaded) =>
        viewer.ProfileId is { } viewerId ? loaded.Get<RelationDocument>(viewerId, otherId) : null;

    private static PostDocument? Root(PostDocument post, DocumentSet loaded) =>
        post.RootId == post.Id ? post : loaded.Get<PostDocument>(OwnedIds.OwnerOf(post.RootId), post.RootId);

    /// <summary>An id that a post names, if its viewer may see what bears it: whether anything hidden exists is not told.</summary>
    private static string? Known(string? postId, Viewer viewer, DocumentSet loaded, DateTimeOffset now) =>
        postId is not null && VisibleBeside(postId, Place.Post, viewer, loaded, now) is not null ? postId : null;

    private static PostDocument? ShownQuote(PostDocument post, Viewer viewer, DocumentSet loaded, DateTimeOffset now) =>
        post.ShownQuote is { } quote ? VisibleBeside(quote, Place.Quote, viewer, loaded, now) : null;

    /// <summary>What a post answers: its text is left out where the post itself would be folded, in its thread, because it is not spread, or by a filter.</summary>
    private InReplyTo? Answered(PostDocument post, Viewer viewer, Place place, DocumentSet loaded, DateTimeOffset now) =>
        post.ReplyTo is { } parent
        && VisibleBeside(parent, Place.Post, viewer, loaded, now) is { } answered
        && loaded.Profile(answered.AuthorId) is { } author
            ? PostPresenter.Answered(
                answered,
                author,
                PostRules.IsFolded(answered, viewer, Place.Thread)
                || PostRules.IsQuoteFolded(answered, viewer, place)
                || filters.Match(answered, null, viewer, place, loaded, now).Count > 0)
            : null;

    private static QuotedPost? Quoted(PostDocument post, Viewer viewer, Place place, DocumentSet loaded, DateTimeOffset now) =>
        ShownQuote(post, viewer, loaded, now) is { } quoted
        && loaded.Profile(quoted.AuthorId) is { } author
            ? PostPresenter.Quoted(quoted, author, PostRules.IsQuoteFolded(quoted, viewer, place), id => HandleOf(id, viewer, loaded))
            : null;

    /// <summary>The handle of a profile, if the viewer may see that there is one: whoever blocks them is not named.</summary>
    private static string? HandleOf(string profileId, Viewer viewer, DocumentSet loaded) =>
        loaded.Profile(profileId) is { } profile && ProfileRules.ViewOf(Relation(profileId, viewer, loaded)) != ProfileView.Hidden ? profile.Handle : null;

    private static PostViewer? ViewerOf(PostDocument post, Viewer viewer, DocumentSet loaded)
    {
        if (viewer.ProfileId is not { } viewerId)
        {
            return null;
        }

        // Moderators see more than they may answer.
        var relation = Relation(post.AuthorId, viewer, loaded);
        var sees = PostRules.MaySee(post, viewer.AsAnybody, relation, Place.Post);
        return new(
            Has(ReactionKind.Like),
            Has(ReactionKind.Boost),
            Has(ReactionKind.Bookmark),
            loaded.Get<RepliedDocument>(viewerId, RepliedDocument.IdOf(post.Id)) is { Replies.Count: > 0 },
            post.AuthorId == viewerId && loaded.Profile(post.AuthorId) is { } author && author.Pins.Contains(post.Id),
            sees && PostRules.MayAnswer(post, Root(post, loaded), viewer, id => Relation(id, viewer, loaded)),
            sees && PostRules.MayQuote(post, viewer, relation))
        {
            Muted = loaded.MutesThread(viewerId, post.RootId),
        };

        bool Has(ReactionKind kind) => loaded.Get<ReactionDocument>(viewerId, ReactionDocument.IdOf(kind, post.Id)) is { Active: true };
    }
}
