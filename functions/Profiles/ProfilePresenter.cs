using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Profiles;

/// <summary>Shapes profiles for clients.</summary>
public static class ProfilePresenter
{
    /// <summary>Counter of a profile's followers.</summary>
    public const string FollowersCounter = "followers";

    /// <summary>Counter of the profiles a profile follows.</summary>
    public const string FollowingCounter = "following";

    /// <summary>Counter of a profile's visible posts.</summary>
    public const string PostsCounter = "posts";

    /// <summary>The part that stands beside posts.</summary>
    public static ProfileCard Card(ProfileDocument profile) =>
        new(profile.Id, profile.Handle, profile.DisplayName, profile.Kind, AvatarUrl(profile));

    /// <summary>The whole profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="stats">Its counters; null counts nothing yet.</param>
    /// <param name="viewer">How the caller stands to it; null leaves that out.</param>
    public static Profile Full(ProfileDocument profile, StatsDocument? stats, ProfileViewer? viewer) => new(
        profile.Id,
        profile.Handle,
        profile.DisplayName,
        profile.Bio,
        profile.Interests,
        profile.Kind,
        AvatarUrl(profile),
        stats?[FollowersCounter] ?? 0,
        stats?[FollowingCounter] ?? 0,
        stats?[PostsCounter] ?? 0,
        profile.CreatedAt,
        viewer);

    /// <summary>What somebody who blocks the profile sees of it: who it is, so that the block can be lifted.</summary>
    public static Profile Reduced(ProfileDocument profile, ProfileViewer? viewer) =>
        new(profile.Id, profile.Handle, profile.DisplayName, string.Empty, [], profile.Kind, null, 0, 0, 0, profile.CreatedAt, viewer);

    /// <summary>How a caller stands to a profile.</summary>
    /// <param name="toThem">What the caller holds towards it; null for nothing.</param>
    /// <param name="toMe">What it holds towards the caller; null for nothing.</param>
    public static ProfileViewer Viewer(RelationDocument? toThem, RelationDocument? toMe) => new(
        toThem?.Following ?? false, toMe?.Following ?? false, toThem?.Blocking ?? false, toThem?.Muting ?? false);

    private static string? AvatarUrl(ProfileDocument profile) =>
        profile.AvatarMediaId is { } id ? $"/api/media/{id}" : null;
}
