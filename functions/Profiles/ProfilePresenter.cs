using ServerlessSocial.Graph;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Text;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Profiles;

/// <summary>Shapes profiles for clients.</summary>
public static class ProfilePresenter
{
    /// <summary>Counter of a profile's followers.</summary>
    public const string FollowersCounter = "followers";

    /// <summary>Counter of the profiles a profile follows.</summary>
    public const string FollowingCounter = "following";

    /// <summary>Counter of a profile's visible public posts.</summary>
    public const string PostsCounter = "posts";

    /// <summary>Counter of a profile's visible posts for followers only, which are counted for those alone who see them.</summary>
    public const string FollowersOnlyPostsCounter = "followersOnlyPosts";

    /// <summary>The part that stands beside posts: what moderation approved.</summary>
    public static ProfileCard Card(ProfileDocument profile) =>
        new(profile.Id, profile.Handle, profile.DisplayName, profile.Kind, UrlOf(profile.AvatarMediaId));

    /// <summary>The whole profile as others see it: what moderation approved.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="stats">Its counters; null counts nothing yet.</param>
    /// <param name="viewer">How the caller stands to it; null leaves that out.</param>
    /// <param name="seesFollowersOnly">Whether the caller sees its posts for followers only.</param>
    public static Profile Full(ProfileDocument profile, StatsDocument? stats, ProfileViewer? viewer, bool seesFollowersOnly) =>
        Shape(profile, profile.Shown, stats, viewer, seesFollowersOnly);

    /// <summary>One's own profile: as one wants it to be seen, and whether it is.</summary>
    public static Profile Own(ProfileDocument profile, StatsDocument? stats) => Shape(profile, profile.Newest, stats, viewer: null, seesFollowersOnly: true) with
    {
        Moderation = ModerationState.Of(profile.Moderation.Status, profile.Moderation.Status is ModerationStatus.Approved ? null : profile.Moderation.Reason),
    };

    /// <summary>What somebody sees of a profile that a block separates from them: who it is, so that blocks and mutes can be lifted.</summary>
    public static Profile Reduced(ProfileDocument profile, ProfileViewer? viewer) =>
        new(profile.Id, profile.Handle, profile.DisplayName, string.Empty, [], profile.Kind, null, null, [], false, false, false, 0, 0, 0, profile.CreatedAt, viewer);

    private static Profile Shape(ProfileDocument profile, ProfileContent content, StatsDocument? stats, ProfileViewer? viewer, bool seesFollowersOnly) => new(
        profile.Id,
        profile.Handle,
        content.DisplayName,
        content.Bio,
        content.Interests,
        profile.Kind,
        UrlOf(content.AvatarMediaId),
        UrlOf(content.HeaderMediaId),
        ProfileRules.Shown(content.Links),
        profile.Locked,
        profile.Discoverable,
        profile.Indexable,
        stats?[FollowersCounter] ?? 0,
        stats?[FollowingCounter] ?? 0,
        (stats?[PostsCounter] ?? 0) + (seesFollowersOnly ? stats?[FollowersOnlyPostsCounter] ?? 0 : 0),
        profile.CreatedAt,
        viewer);

    /// <summary>What everybody sees of a profile whose account is suspended: its handle, and no word of its owner's.</summary>
    public static Profile Suspended(ProfileDocument profile, ProfileViewer? viewer) => Reduced(profile, viewer) with
    {
        DisplayName = profile.Handle,
        Standing = new(Standing.Suspended, null, null, null),
    };

    /// <summary>How its owner is told that an account is held back; null while nothing holds it.</summary>
    public static AccountStanding? OwnStanding(StandingDocument? standing, DateTimeOffset now) =>
        standing?.RestraintAt(now) is { } restraint ? new(standing.At(now), restraint.Until, Wording.Of(restraint.Reason).Words, restraint.DecisionId) : null;

    /// <summary>How a caller stands to a profile.</summary>
    /// <param name="toThem">What the caller holds towards it; null for nothing.</param>
    /// <param name="toMe">What it holds towards the caller; null for nothing.</param>
    public static ProfileViewer Viewer(RelationDocument? toThem, RelationDocument? toMe) => new(
        toThem?.Following ?? false,
        toThem?.Requested ?? false,
        toMe?.Following ?? false,
        toThem?.Blocking ?? false,
        toThem?.Muting ?? false,
        toThem?.MutedUntil,
        toThem?.HidesBoosts == true);

    private static string? UrlOf(string? mediaId) => mediaId is null ? null : MediaPresenter.UrlOf(mediaId);
}
