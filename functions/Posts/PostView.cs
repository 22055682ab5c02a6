using ServerlessSocial.Filters;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Polls;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>
/// What somebody sees of the posts that were loaded: <see cref="PostRules"/> put to what was found, and shaped for clients. Asks no store; made for one page.
/// </summary>
internal sealed class PostView
{
    private readonly Viewer viewer;
    private readonly DocumentSet loaded;
    private readonly PostFilters filters;
    private readonly DateTimeOffset now;
    private readonly PostView anybody;
    private readonly Func<string, RelationDocument?> relationTo;
    private readonly Func<string, string?> handleOf;
    private HashSet<(ReactionKind Kind, string PostId)>? reactions;

    /// <summary>The view of a viewer.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="loaded">What was loaded: what is not in there is not there.</param>
    /// <param name="filters">Matches their filters.</param>
    /// <param name="now">The present.</param>
    public PostView(Viewer viewer, DocumentSet loaded, PostFilters filters, DateTimeOffset now)
    {
        (this.viewer, this.loaded, this.filters, this.now) = (viewer, loaded, filters, now);
        relationTo = RelationTo;
        handleOf = HandleOf;

        // A case opens the post that it is about: what stands beside that its moderator sees as anybody does.
        anybody = viewer.IsModerator ? new(viewer.AsAnybody, loaded, filters, now) : this;
    }

    /// <summary>The post as it counts now, if the viewer may see it where it is referred to. Not to be stored.</summary>
    public PostDocument? Visible(PostReference reference)
    {
        if (loaded.Get<PostDocument>(reference.AuthorId, reference.PostId) is not { } stored)
        {
            return null;
        }

        var post = PostRules.As(stored, loaded.StandingOf(reference.AuthorId, now));
        return PostRules.MaySee(post, viewer, RelationTo(reference.AuthorId), reference.Place) && MayBring(reference.By) ? post : null;
    }

    /// <summary>The post as the viewer is shown it; null where they may not see it, or a filter of theirs leaves it out.</summary>
    public Post? Present(PostReference reference)
    {
        if (Visible(reference) is not { } post
            || !PostRules.MayStand(post, viewer, relationTo, reference.Place)
            || loaded.Profile(post.AuthorId) is not { } author)
        {
            return null;
        }

        var filtered = filters.Match(post, ShownQuote(post), viewer, reference.Place, loaded, now);
        if (PostRules.IsLeftOut(filtered, reference.Place))
        {
            return null;
        }

        var stats = loaded.Get<StatsDocument>(post.Id, StatsDocument.CountersId);
        var folded = PostRules.IsFolded(post, viewer, reference.Place);
        var sight = new PostSight(
            Answered(post, reference.Place),
            IdOfRoot(post),
            Quoted(post, reference.Place),
            folded,
            post.AuthorId == viewer.ProfileId,
            ViewerOf(post, author, stats),
            handleOf)
        {
            Filtered = filtered.Count > 0 ? filtered : null,
            Poll = folded ? null : Poll.Of(post, loaded, viewer.ProfileId, now),
        };
        var shown = PostPresenter.Full(post, author, stats, sight);
        return reference is { BoostedAt: { } at, By: { } by } && loaded.Profile(by) is { } booster
            ? shown with { BoostedBy = ProfilePresenter.Card(booster), BoostedAt = at }
            : shown;
    }

    /// <summary>Whether the viewer, who sees a post, may answer it.</summary>
    public bool MayAnswer(PostDocument post) => PostRules.MayAnswer(post, Root(post), viewer, relationTo);

    /// <summary>Whether the viewer, who sees a post, may quote it.</summary>
    public bool MayQuote(PostDocument post) => PostRules.MayQuote(post, viewer, RelationTo(post.AuthorId));

    private PostDocument? VisibleBeside(string postId, Place place) => anybody.Visible(new PostReference(postId, place));

    /// <summary>What an account that is held back passes on comes nowhere.</summary>
    private bool MayBring(string? by) =>
        by is null || (loaded.StandingOf(by, now) == Standing.Good && RelationTo(by) is not ({ Blocked: true } or { Muting: true }));

    private RelationDocument? RelationTo(string otherId) =>
        viewer.ProfileId is { } viewerId ? loaded.Get<RelationDocument>(viewerId, otherId) : null;

    private PostDocument? Root(PostDocument post) =>
        post.RootId == post.Id ? post : loaded.Get<PostDocument>(OwnedIds.OwnerOf(post.RootId), post.RootId);

    /// <summary>The first post of the thread, if the viewer may see it: whether anything hidden exists is not told.</summary>
    private string IdOfRoot(PostDocument post) => post.RootId == post.Id || VisibleBeside(post.RootId, Place.Post) is not null ? post.RootId : post.Id;

    private PostDocument? ShownQuote(PostDocument post) => post.ShownQuote is { } quote ? VisibleBeside(quote, Place.Quote) : null;

    /// <summary>What a post answers: its text is left out where the post itself would be folded, in its thread, because it is not spread, or by a filter.</summary>
    private InReplyTo? Answered(PostDocument post, Place place) =>
        post.ReplyTo is { } parent
        && VisibleBeside(parent, Place.Post) is { } answered
        && loaded.Profile(answered.AuthorId) is { } author
            ? PostPresenter.Answered(
                answered,
                author,
                PostRules.IsFolded(answered, viewer, Place.Thread)
                || PostRules.IsQuoteFolded(answered, viewer, place)
                || filters.Match(answered, null, viewer, place, loaded, now).Count > 0)
            : null;

    private QuotedPost? Quoted(PostDocument post, Place place) =>
        ShownQuote(post) is { } quoted
        && loaded.Profile(quoted.AuthorId) is { } author
            ? PostPresenter.Quoted(quoted, author, PostRules.IsQuoteFolded(quoted, viewer, place), handleOf)
            : null;

    /// <summary>The handle of a profile, if the viewer may see that there is one: whoever blocks them is not named.</summary>
    private string? HandleOf(string profileId) =>
        loaded.Profile(profileId) is { } profile && ProfileRules.ViewOf(RelationTo(profileId)) != ProfileView.Hidden ? profile.Handle : null;

    private PostViewer? ViewerOf(PostDocument post, ProfileDocument author, StatsDocument? stats)
    {
        if (viewer.ProfileId is not { } viewerId)
        {
            return null;
        }

        // Moderators see more than they may answer.
        var sees = PostRules.MaySee(post, viewer.AsAnybody, RelationTo(post.AuthorId), Place.Post);
        return new(
            Has(ReactionKind.Like, post),
            Has(ReactionKind.Boost, post),
            Has(ReactionKind.Bookmark, post),
            PostPresenter.HasReplies(stats) && loaded.Get<RepliedDocument>(viewerId, RepliedDocument.IdOf(post.Id)) is { Replies.Count: > 0 },
            post.AuthorId == viewerId && author.Pins.Contains(post.Id),
            sees && MayAnswer(post),
            sees && MayQuote(post),
            sees && PostRules.MayBeBoosted(post))
        {
            Muted = loaded.MutesThread(viewerId, post.RootId),
        };
    }

    /// <summary>What the viewer does about posts is looked through once: naming the reactions that most posts do not have took as long as all other rules.</summary>
    private bool Has(ReactionKind kind, PostDocument post)
    {
        reactions ??= [.. loaded.All<ReactionDocument>().Where(reaction => reaction.Active && reaction.ActorId == viewer.ProfileId).Select(reaction => (reaction.Kind, reaction.PostId))];
        return reactions.Count > 0 && reactions.Contains((kind, post.Id));
    }
}
