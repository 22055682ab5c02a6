using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Search;

/// <summary>Why something was found.</summary>
public enum SearchReasonKind
{
    /// <summary>It holds a word that was asked for, in the form that stands there.</summary>
    Word,

    /// <summary>It bears a hashtag that was asked for.</summary>
    Tag,

    /// <summary>Who was asked for wrote it.</summary>
    Author,

    /// <summary>The handle is what was asked for, or begins so.</summary>
    Handle,

    /// <summary>A name is what was asked for, or begins so.</summary>
    Name,

    /// <summary>A name differs in one letter from what was asked for.</summary>
    Spelling,
}

/// <summary>Why something was found.</summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="Value">What of it was found: a word as it is written there, a tag, a handle, a name.</param>
public sealed record SearchReason(SearchReasonKind Kind, string Value);

/// <summary>A post that was found.</summary>
/// <param name="Post">The post.</param>
/// <param name="Why">Why it was found; none where only what it has was asked for.</param>
public sealed record FoundPost(Post Post, IReadOnlyList<SearchReason> Why);

/// <summary>A person who was found.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Why">Why it was found.</param>
public sealed record FoundPerson(Profile Profile, IReadOnlyList<SearchReason> Why);

/// <summary>A hashtag that was found.</summary>
/// <param name="Name">The tag, normalised, without its sign.</param>
/// <param name="Why">Why it was found.</param>
public sealed record FoundTag(string Name, IReadOnlyList<SearchReason> Why);

/// <summary>What was found.</summary>
/// <param name="Posts">Posts; left out where they were not asked for.</param>
/// <param name="People">People, those that fit best first; left out where they were not asked for.</param>
/// <param name="Tags">Hashtags, the one itself first; left out where they were not asked for.</param>
/// <param name="Next">Cursor of the next page; left out on the last one, and where no type was asked for.</param>
[Example("""{ "tags": [{ "name": "ocean", "why": [{ "kind": "tag", "value": "ocean" }] }] }""")]
public sealed record SearchResults(IReadOnlyList<FoundPost>? Posts, IReadOnlyList<FoundPerson>? People, IReadOnlyList<FoundTag>? Tags, string? Next) : IListed;
