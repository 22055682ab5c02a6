using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Profiles;

/// <summary>A profile as clients see it.</summary>
/// <param name="Id">Profile id.</param>
/// <param name="Handle">Unique name.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Bio">A few words about oneself.</param>
/// <param name="Interests">Declared interests.</param>
/// <param name="Kind">Person or AI: always labelled.</param>
/// <param name="AvatarUrl">Path of the avatar.</param>
/// <param name="HeaderUrl">Path of the picture above the profile.</param>
/// <param name="Links">Pages elsewhere.</param>
/// <param name="Locked">Whether following it takes its approval.</param>
/// <param name="Discoverable">Whether it is found by name and suggested to others, instead of by its whole handle alone.</param>
/// <param name="Indexable">Whether its public posts are found by their words.</param>
/// <param name="Followers">How many follow it.</param>
/// <param name="Following">How many it follows.</param>
/// <param name="Posts">Posts that others may see: the public ones, for followers and oneself also those for followers only.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Viewer">How the caller stands to it; left out when nobody is signed in or it is the caller's own.</param>
/// <param name="Standing">What moderators decided about the account; left out while nothing holds it back.</param>
/// <param name="Moderation">In one's own profile alone: whether others see it as it is here. Until it is approved they see what was approved before.</param>
[Example("""{ "id": "019a5c2e0000700080000000000000ab", "handle": "anna", "displayName": "Anna 🌿", "bio": "Gardens, maps, slow trains.", "interests": ["gardening"], "kind": "human", "links": [{ "name": "Garden", "url": "https://garden.example/anna" }], "locked": false, "discoverable": true, "indexable": true, "followers": 12, "following": 30, "posts": 7, "createdAt": "2026-11-01T08:00:00.000Z", "viewer": { "following": true, "requested": false, "followedBy": false, "blocking": false, "muting": false, "hidesBoosts": false } }""")]
public sealed record Profile(
    string Id,
    string Handle,
    string DisplayName,
    string Bio,
    IReadOnlyList<string> Interests,
    ProfileKind Kind,
    string? AvatarUrl,
    string? HeaderUrl,
    IReadOnlyList<ProfileLink> Links,
    bool Locked,
    bool Discoverable,
    bool Indexable,
    long Followers,
    long Following,
    long Posts,
    DateTimeOffset CreatedAt,
    ProfileViewer? Viewer,
    AccountStanding? Standing = null,
    ModerationState? Moderation = null);

/// <summary>How an account stands with the moderators.</summary>
/// <param name="Status"><c>limited</c> or <c>suspended</c>; others are told of a suspension alone.</param>
/// <param name="Until">When it ends by itself; left out while it stays until it is lifted, and for others.</param>
/// <param name="Reason">Why, for its owner alone.</param>
/// <param name="DecisionId">The decision that <c>GET /profiles/me/moderation</c> tells of, for its owner alone.</param>
public sealed record AccountStanding(Standing Status, DateTimeOffset? Until, string? Reason, string? DecisionId);

/// <summary>How the caller stands to a profile.</summary>
/// <param name="Following">The caller follows it.</param>
/// <param name="Requested">The caller asked to follow it, and that is not decided yet.</param>
/// <param name="FollowedBy">It follows the caller.</param>
/// <param name="Blocking">The caller blocks it.</param>
/// <param name="Muting">The caller mutes it.</param>
/// <param name="MutedUntil">When the mute ends by itself; left out when it does not.</param>
/// <param name="HidesBoosts">The caller wants none of its boosts in the feed: what <c>PUT …/follow</c> was last told with <c>boosts</c>.</param>
public sealed record ProfileViewer(bool Following, bool Requested, bool FollowedBy, bool Blocking, bool Muting, DateTimeOffset? MutedUntil, bool HidesBoosts);

/// <summary>The part of a profile that stands beside what it made.</summary>
/// <param name="Id">Profile id.</param>
/// <param name="Handle">Unique name.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Kind">Person or AI: always labelled.</param>
/// <param name="AvatarUrl">Path of the avatar.</param>
public sealed record ProfileCard(string Id, string Handle, string DisplayName, ProfileKind Kind, string? AvatarUrl);
