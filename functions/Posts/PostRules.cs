using ServerlessSocial.Graph;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Posts;

/// <summary>Who looks.</summary>
/// <param name="ProfileId">Profile of the viewer; null for nobody in particular.</param>
/// <param name="IsModerator">Whether the viewer moderates.</param>
public sealed record Viewer(string? ProfileId, bool IsModerator)
{
    /// <summary>Nobody in particular.</summary>
    public static Viewer Anonymous { get; } = new(null, false);

    /// <summary>The viewer of a request.</summary>
    public static Viewer Of(HttpRequest request) =>
        Platform.Identity.CallerExtensions.Caller(request) is { } caller ? new(caller.ProfileId, caller.IsModerator) : Anonymous;
}

/// <summary>Where a post would be seen.</summary>
public enum Place
{
    /// <summary>By its own address.</summary>
    Post,

    /// <summary>In its thread.</summary>
    Thread,

    /// <summary>In its author's timeline, or in the viewer's own likes and bookmarks.</summary>
    Timeline,

    /// <summary>In a quote.</summary>
    Quote,

    /// <summary>Its pictures.</summary>
    Media,

    /// <summary>Under a tag.</summary>
    Tag,

    /// <summary>In a follower's feed, because of its author.</summary>
    Feed,

    /// <summary>In a feed, because somebody boosted it.</summary>
    Boost,

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

        var direct = place is Place.Post or Place.Thread or Place.Timeline or Place.Quote or Place.Media;
        if (direct && (viewer.ProfileId == post.AuthorId || viewer.IsModerator))
        {
            return true;
        }

        return post.IsVisible
            && relation is not { Blocked: true }
            && (direct || relation is not { Muting: true })
            && MayKnow(post, viewer, relation)
            && (place is not (Place.Tag or Place.Boost) || post.Visibility == PostVisibility.Public)
            // Limited means: for those who look for it or follow its author, and not to be spread further.
            && (post.Moderation.Status != ModerationStatus.Limited || direct || place == Place.Feed);
    }

    /// <summary>Whether a post that its booster may see can be passed on. Pure.</summary>
    public static bool MayBeBoosted(PostDocument post) =>
        post is { DeletedAt: null, Visibility: PostVisibility.Public, Moderation.Status: ModerationStatus.Approved };

    /// <summary>Followers-only posts are for followers, their author, and whoever is answered by them: one may read what is said to one.</summary>
    private static bool MayKnow(PostDocument post, Viewer viewer, RelationDocument? relation) =>
        post.Visibility == PostVisibility.Public
        || relation is { Following: true }
        || viewer.ProfileId == post.AuthorId
        || (viewer.ProfileId is { } viewerId && post.ReplyTo is { } parent && OwnedIds.OwnerOf(parent) == viewerId);
}
