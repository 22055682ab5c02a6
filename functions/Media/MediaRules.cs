using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Identity;
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
    /// <summary>What is said of a picture that moderation removed, to whoever wants to show it again.</summary>
    public const string WasRemoved = "The picture was removed; see its moderation, where you can appeal.";

    /// <summary>Decides for a viewer. Pure.</summary>
    /// <param name="media">The picture.</param>
    /// <param name="owner">Profile of its owner; null if it is gone.</param>
    /// <param name="post">Post it is bound to, whoever may see that; null for none.</param>
    /// <param name="standing">How the owner's account stands.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="relation">What the viewer holds towards the owner; null for nothing.</param>
    public static Audience For(MediaDocument media, ProfileDocument? owner, PostDocument? post, Standing standing, Viewer viewer, RelationDocument? relation)
    {
        if (media.DiscardedAt is not null)
        {
            return Audience.Nobody;
        }

        var mine = viewer.ProfileId == media.OwnerId || viewer.IsModerator;
        if (!mine && relation is { Blocked: true })
        {
            return Audience.Nobody;
        }

        if (!media.IsReleased || standing == Standing.Suspended)
        {
            return mine ? Audience.Viewer : Audience.Nobody;
        }

        var shown = Shows(post, media) ? post : null;
        if ((IsOnProfile(media, owner) && MayStandOnProfile(post)) || (shown is not null && PostRules.MaySee(shown, Posts.Viewer.Anonymous, null, Place.Media)))
        {
            return Audience.Anyone;
        }

        return mine || (shown is not null && PostRules.MaySee(shown, viewer, relation, Place.Media)) ? Audience.Viewer : Audience.Nobody;
    }

    /// <summary>Whether a standing post or the owner's profile shows the picture. Pure.</summary>
    public static bool IsUsed(MediaDocument media, ProfileDocument? owner, PostDocument? post) =>
        IsWantedOnProfile(media, owner) || (Shows(post, media) && post!.DeletedAt is null);

    /// <summary>Whether its owner's profile shows the picture, as avatar or header. Pure.</summary>
    public static bool IsOnProfile(MediaDocument media, ProfileDocument? owner) => owner is not null && owner.Shown.MediaIds().Contains(media.Id);

    /// <summary>Whether its owner's profile shows the picture, or is to show it once moderation approves. Pure.</summary>
    public static bool IsWantedOnProfile(MediaDocument media, ProfileDocument? owner) =>
        IsOnProfile(media, owner) || owner?.Pending?.MediaIds().Contains(media.Id) == true;

    /// <summary>Whether a picture can be made an avatar or a header, which are for everyone: it is in no post, or in one that everyone may see. Pure.</summary>
    /// <param name="post">Post the picture is bound to; null for none, or one that never came to be.</param>
    public static bool MayBecomePublic(PostDocument? post) => post is null || PostRules.MaySee(post, Posts.Viewer.Anonymous, null, Place.Media);

    /// <summary>
    /// An avatar or header may be put into a post for few and is for everyone still; but what is kept back in a post, by moderation or because it is
    /// deleted, is not shown by way of the profile. A deleted post's pictures go before its tombstone does, so no post means there was none.
    /// </summary>
    private static bool MayStandOnProfile(PostDocument? post) => post is null or { IsVisible: true };

    /// <summary>A post may be bound before it is written, or never be written: what counts is that it shows the picture.</summary>
    private static bool Shows(PostDocument? post, MediaDocument media) => post is not null && post.Media.Any(shown => shown.Id == media.Id);
}
