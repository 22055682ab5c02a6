using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Profiles;

/// <summary>A profile as clients see it.</summary>
/// <param name="Id">Profile id.</param>
/// <param name="Handle">Unique name.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Bio">A few words about oneself.</param>
/// <param name="Interests">Declared interests.</param>
/// <param name="Kind">Person or AI: always labelled.</param>
/// <param name="AvatarUrl">Path of the avatar.</param>
/// <param name="Followers">How many follow it.</param>
/// <param name="Following">How many it follows.</param>
/// <param name="Posts">Posts that have been approved and not deleted.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Viewer">How the caller stands to it; left out when nobody is signed in or it is the caller's own.</param>
[Example("""{ "id": "019a5c2e0000700080000000000000ab", "handle": "anna", "displayName": "Anna 🌿", "bio": "Gardens, maps, slow trains.", "interests": ["gardening"], "kind": "human", "followers": 12, "following": 30, "posts": 7, "createdAt": "2026-11-01T08:00:00Z", "viewer": { "following": true, "followedBy": false, "blocking": false, "muting": false } }""")]
public sealed record Profile(
    string Id,
    string Handle,
    string DisplayName,
    string Bio,
    IReadOnlyList<string> Interests,
    ProfileKind Kind,
    string? AvatarUrl,
    long Followers,
    long Following,
    long Posts,
    DateTimeOffset CreatedAt,
    ProfileViewer? Viewer);

/// <summary>How the caller stands to a profile.</summary>
/// <param name="Following">The caller follows it.</param>
/// <param name="FollowedBy">It follows the caller.</param>
/// <param name="Blocking">The caller blocks it.</param>
/// <param name="Muting">The caller mutes it.</param>
public sealed record ProfileViewer(bool Following, bool FollowedBy, bool Blocking, bool Muting);

/// <summary>The part of a profile that stands beside what it made.</summary>
/// <param name="Id">Profile id.</param>
/// <param name="Handle">Unique name.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Kind">Person or AI: always labelled.</param>
/// <param name="AvatarUrl">Path of the avatar.</param>
public sealed record ProfileCard(string Id, string Handle, string DisplayName, ProfileKind Kind, string? AvatarUrl);
