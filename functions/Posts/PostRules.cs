using ServerlessSocial.Filters;
using ServerlessSocial.Graph;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Posts;

/// <summary>Who looks.</summary>
/// <param name="ProfileId">Profile of the viewer; null for nobody in particular.</param>
/// <param name="IsModerator">Whether the viewer moderates: to the rules, whether they look as a moderator, through a case of theirs.</param>
public sealed record Viewer(string? ProfileId, bool IsModerator)
{
    /// <summary>Account of the viewer, where a request came with one: whoever deletes their profile and begins anew has the same.</summary>
    public string? AccountId { get; init; }

    /// <summary>The same person without a moderator's eyes: what they see as anybody does.</summary>
    public Viewer AsAnybody => IsModerator ? this with { IsModerator = false } : this;

    /// <summary>Nobody in particular.</summary>
    public static Viewer Anonymous { get; } = new(null, false);

    /// <summary>The viewer of a request.</summary>
    public static Viewer Of(HttpRequest request) =>
        Platform.Identity.CallerExtensions.Caller(request) is { } caller ? new(caller.ProfileId, caller.IsModerator) { AccountId = caller.AccountId } : Anonymous;
}

/// <summary>Where a post would be seen.</summary>
public enum Place
{
    /// <summary>By its own address.</summary>
    Post,

    /// <summary>In its thread.</summary>
    Thread,

    /// <summary>In its author's timeline.</summary>
    Timeline,

    /// <summary>Among what the viewer likes or has bookmarked.</summary>
    Kept,

    /// <summary>In a quote.</summary>
    Quote,

    /// <summary>Among the posts that quote another one: what was detached from it is no quote any more.</summary>
    Quotes,

    /// <summary>Its pictures.</summary>
    Media,

    /// <summary>Under a tag.</summary>
    Tag,

    /// <summary>In a follower's feed, because of its author.</summary>
    Feed,

    /// <summary>In a feed, because somebody boosted it or it bears a tag that the reader follows.</summary>
    Boost,

    /// <summary>In the feed of a list that the viewer keeps, because of its author, whom they may not follow.</summary>
    List,

    /// <summary>Among what was looked for, or is suggested to everybody.</summary>
    Search,

    /// <summary>In a notification.</summary>
    Notification,
}

/// <summary>The one place that decides who may see a post where.</summary>
public static class PostRules
{
    /// <summary>Decides. Pure.</summary>
    /// <param name="post">The post as it is now.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="relation">What the viewer holds towards the author, and the author's block; null for nothing.</param>
    /// <param name="place">Where it would be seen.</param>
    public static bool MaySee(PostDocument post, Viewer viewer, RelationDocument? relation, Place place)
    {
        if (post.DeletedAt is not null)
        {
            return false;
        }

        var direct = place is Place.Post or Place.Thread or Place.Timeline or Place.Kept or Place.Quote or Place.Quotes or Place.Media;
        if (direct && (viewer.ProfileId == post.AuthorId || viewer.IsModerator))
        {
            return true;
        }

        return post.IsVisible
            && relation is not { Blocked: true }
            && (direct || relation is not { Muting: true })
            && MayKnow(post, viewer, relation)
            && (place is not (Place.Tag or Place.Boost or Place.Search) || post.Visibility == PostVisibility.Public)
            // Limited means: for those who look for it or follow its author, and not to be spread further. So does a picture of a new account that
            // nobody looked at, but followers are told of what concerns them.
            && (post.IsSpread || direct || place == Place.Feed
                || (place == Place.List && (relation is { Following: true } || viewer.ProfileId == post.AuthorId))
                || (place == Place.Notification && post.Status == ModerationStatus.Approved && relation is { Following: true }));
    }

    /// <summary>
    /// The post as it counts while its author's account stands as it does: what a suspended account posted is seen by nobody else, what a
    /// limited one posts is limited. For looking and for deciding, never to be stored. Pure.
    /// </summary>
    public static PostDocument As(PostDocument post, Standing author) => author switch
    {
        Standing.Suspended => post with
        {
            Moderation = new(ModerationStatus.Removed, "The account is suspended.", PostModeration.Moderator, post.Moderation.DecidedAt),
        },
        Standing.Limited when post.Status == ModerationStatus.Approved => post with
        {
            Moderation = new(ModerationStatus.Limited, "Shown with a warning and not recommended: the account is limited.", PostModeration.Moderator, post.Moderation.DecidedAt),
        },
        _ => post,
    };

    /// <summary>Whether what a post stands beside lets the viewer see it at a place, besides <see cref="MaySee"/>. Pure.</summary>
    /// <param name="post">The post as it is now.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="relationTo">What the viewer holds towards a profile, and that one's block; null for nothing.</param>
    /// <param name="place">Where it would be seen.</param>
    public static bool MayStand(PostDocument post, Viewer viewer, Func<string, RelationDocument?> relationTo, Place place)
    {
        return place == Place.Quotes ? !post.QuoteDetached : post.AuthorId == viewer.ProfileId || place switch
        {
            // A block keeps both out of threads that the other began, however deep.
            Place.Thread => viewer.IsModerator || !Blocked(post.RootId, relationTo),

            // What answers or quotes somebody carries them along.
            Place.Feed or Place.Boost or Place.List => Tolerates(post.ReplyTo) && Tolerates(post.ShownQuote),
            _ => true,
        };

        bool Tolerates(string? other) => other is null || relationTo(OwnedIds.OwnerOf(other)) is not ({ Muting: true } or { Blocking: true });
    }

    /// <summary>
    /// Whether a viewer who may see a post may answer it: its author lets them, and so does whoever began the thread. Pure.
    /// </summary>
    /// <param name="post">The post to be answered.</param>
    /// <param name="root">First post of its thread, the same one perhaps; null when it is long gone.</param>
    /// <param name="viewer">Who would answer.</param>
    /// <param name="relationTo">What the viewer holds towards a profile, and that one's block; null for nothing.</param>
    public static bool MayAnswer(PostDocument post, PostDocument? root, Viewer viewer, Func<string, RelationDocument?> relationTo)
    {
        return viewer.ProfileId is not null && !Blocked(post.RootId, relationTo) && Lets(post) && (root is null || Lets(root));

        bool Lets(PostDocument asked) => asked.AuthorId == viewer.ProfileId || asked.ReplyPolicy switch
        {
            ReplyPolicy.Everyone => true,
            ReplyPolicy.Followers => relationTo(asked.AuthorId) is { Following: true },
            ReplyPolicy.Mentioned => asked.Mentions.Any(mention => mention.ProfileId == viewer.ProfileId),
            _ => false,
        };
    }

    /// <summary>Whether a viewer who may see a post may quote it. Pure.</summary>
    /// <param name="post">The post to be quoted.</param>
    /// <param name="viewer">Who would quote it.</param>
    /// <param name="relation">What the viewer holds towards its author; null for nothing.</param>
    public static bool MayQuote(PostDocument post, Viewer viewer, RelationDocument? relation) =>
        viewer.ProfileId is not null
        && post is { DeletedAt: null, Visibility: PostVisibility.Public, Status: not ModerationStatus.Limited, KeptToFollowers: false }
        && (post.AuthorId == viewer.ProfileId || post.QuotePolicy switch
        {
            QuotePolicy.Everyone => true,
            QuotePolicy.Followers => relation is { Following: true },
            _ => false,
        });

    /// <summary>Whether a reply is folded where a viewer sees it: hidden in its thread, for all but its author and whoever hid it. Pure.</summary>
    public static bool IsFolded(PostDocument post, Viewer viewer, Place place) =>
        post.HiddenInThread
        && place == Place.Thread
        && !viewer.IsModerator
        && viewer.ProfileId != post.AuthorId
        && viewer.ProfileId != OwnedIds.OwnerOf(post.RootId);

    /// <summary>Whether a quoted post is folded in a post that is seen at a place: what is not spread is not spread by quotes either. Pure.</summary>
    public static bool IsQuoteFolded(PostDocument quoted, Viewer viewer, Place place) =>
        !quoted.IsSpread
        && quoted.AuthorId != viewer.ProfileId
        && place is Place.Feed or Place.Tag or Place.Boost or Place.List or Place.Search or Place.Notification;

    /// <summary>The scope of filters that covers a place. Pure.</summary>
    public static FilterScope ScopeOf(Place place) => place switch
    {
        Place.Feed or Place.Boost or Place.List => FilterScope.Home,
        Place.Notification => FilterScope.Notifications,
        Place.Timeline or Place.Kept => FilterScope.Account,
        Place.Post or Place.Thread or Place.Quote or Place.Quotes or Place.Media => FilterScope.Thread,
        _ => FilterScope.Public,
    };

    /// <summary>Whether a filter that hides what it matches leaves a post out at a place: not where the viewer asked for this very post, or keeps it. Pure.</summary>
    public static bool IsLeftOut(IReadOnlyList<FilterMatch> filtered, Place place) =>
        place is not (Place.Post or Place.Kept or Place.Quote or Place.Media) && filtered.Any(match => match.Action == FilterAction.Hide);

    /// <summary>Whether a post that its booster may see can be passed on. Pure.</summary>
    public static bool MayBeBoosted(PostDocument post) =>
        post is { IsSpread: true, Visibility: PostVisibility.Public };

    private static bool Blocked(string rootId, Func<string, RelationDocument?> relationTo) => relationTo(OwnedIds.OwnerOf(rootId)) is { Blocked: true };

    /// <summary>Followers-only posts are for followers, their author, and whoever is answered by them: one may read what is said to one.</summary>
    private static bool MayKnow(PostDocument post, Viewer viewer, RelationDocument? relation) =>
        post.Visibility == PostVisibility.Public
        || relation is { Following: true }
        || viewer.ProfileId == post.AuthorId
        || (viewer.ProfileId is { } viewerId && post.ReplyTo is { } parent && OwnedIds.OwnerOf(parent) == viewerId);
}
