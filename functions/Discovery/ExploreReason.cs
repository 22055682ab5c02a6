using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Discovery;

/// <summary>Why something is suggested.</summary>
public enum ExploreReasonKind
{
    /// <summary>More people use it than the day before.</summary>
    Rising,

    /// <summary>People like it, or pass it on.</summary>
    Reactions,

    /// <summary>People whom the caller follows follow them.</summary>
    FollowedBy,

    /// <summary>They say to be interested in the same things.</summary>
    Interests,

    /// <summary>They are new here.</summary>
    New,
}

/// <summary>Why something is suggested.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Count">
/// Of <c>rising</c> the people who used it in the last 24 hours, of <c>reactions</c> likes and boosts of two days, of <c>followedBy</c> how many of those looked at; left out elsewhere.
/// </param>
/// <param name="Before">Of <c>rising</c> the people who used it in the 24 hours before; left out elsewhere.</param>
/// <param name="Values">Of <c>followedBy</c> handles of up to three of them, of <c>interests</c> the interests; left out elsewhere.</param>
public sealed record ExploreReason(ExploreReasonKind Kind, long? Count = null, long? Before = null, IReadOnlyList<string>? Values = null);

/// <summary>A hashtag that is talked about.</summary>
/// <param name="Name">The tag, normalised, without its sign.</param>
/// <param name="Why">Why it is suggested.</param>
[Example("""{ "name": "ocean", "why": [{ "kind": "rising", "count": 12, "before": 3 }] }""")]
public sealed record ExploredTag(string Name, IReadOnlyList<ExploreReason> Why);

/// <summary>A post that is talked about.</summary>
/// <param name="Post">The post.</param>
/// <param name="Why">Why it is suggested.</param>
public sealed record ExploredPost(Post Post, IReadOnlyList<ExploreReason> Why);

/// <summary>Somebody to follow.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Why">Why they are suggested, the most telling reason first.</param>
public sealed record ExploredPerson(Profile Profile, IReadOnlyList<ExploreReason> Why);
