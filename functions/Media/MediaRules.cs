using ServerlessSocial.Graph;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Media;

/// <summary>Who may see a picture.</summary>
public enum Audience
{
    /// <summary>The viewer may not.</summary>
    Nobody,

    /// <summary>The viewer may, others may not.</summary>
    Viewer,

    /// <summary>Anyone may.</summary>
    Anyone,
}

/// <summary>The one place that decides who may see a picture, and whether something uses it.</summary>
public static class MediaRules
{
    /// <summary>Decides for a viewer. Pure.</summary>
    /// <param name="media">The picture.</param>
    /// <param name="owner">Profile of its owner; null if it is gone.</param>
    /// <param name="post">Post it is bound to, whoever may see that; null for none.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="relation">What the viewer holds towards the owner; null for nothing.</param>
    public static Audience For(MediaDocument media, ProfileDocument? owner, PostDocument? post, Viewer viewer, RelationDocument? relation)
    {
        if (media.DiscardedAt is not null)
        {
            return Audience.Nobody;
        }

        var mine = viewer.ProfileId == media.OwnerId || viewer.IsModerator;
        if (relation is { Blocked: true } && !mine)
        {
            return Audience.Nobody;
        }

        var shown = Shows(post, media) ? post : null;
        if ((IsAvatar(media, owner) && MayStandAsAvatar(post)) || (shown is not null && PostRules.MaySee(shown, Posts.Viewer.Anonymous, null, Place.Media)))
        {
            return Audience.Anyone;
        }

        return mine || (shown is not null && PostRules.MaySee(shown, viewer, relation, Place.Media)) ? Audience.Viewer : Audience.Nobody;
    }

    /// <summary>Whether a standing post or the owner's profile shows the picture. Pure.</summary>
    public static bool IsUsed(MediaDocument media, ProfileDocument? owner, PostDocument? post) =>
        IsAvatar(media, owner) || (Shows(post, media) && post!.DeletedAt is null);

    /// <summary>Whether the picture is its owner's avatar. Pure.</summary>
    public static bool IsAvatar(MediaDocument media, ProfileDocument? owner) => owner?.AvatarMediaId == media.Id;

    /// <summary>Whether a picture can be made an avatar, which is for everyone: it is in no post, or in one that everyone may see. Pure.</summary>
    /// <param name="post">Post the picture is bound to; null for none, or one that never came to be.</param>
    public static bool MayBecomeAvatar(PostDocument? post) => post is null || PostRules.MaySee(post, Posts.Viewer.Anonymous, null, Place.Media);

    /// <summary>
    /// An avatar may be put into a post for few and is for everyone still; but what is kept back in a post, by moderation or because it is
    /// deleted, is not shown by way of the profile. A deleted post's pictures go before its tombstone does, so no post means there was none.
    /// </summary>
    private static bool MayStandAsAvatar(PostDocument? post) => post is null or { IsVisible: true };

    /// <summary>A post may be bound before it is written, or never be written: what counts is that it shows the picture.</summary>
    private static bool Shows(PostDocument? post, MediaDocument media) => post is not null && post.Media.Any(shown => shown.Id == media.Id);
}
