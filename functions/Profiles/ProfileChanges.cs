using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Profiles;

/// <summary>A picture to show as avatar.</summary>
/// <param name="MediaId">One of the caller's own pictures, as <c>POST /media</c> or an image job gave it out.</param>
public sealed record AvatarChoice([property: Required] string? MediaId = null);

/// <summary>
/// What to change about a profile (in the manner of JSON Merge Patch, RFC 7396): what is left out stays as it is, null empties.
/// </summary>
[Example("""{ "displayName": "Anna", "bio": null, "interests": ["gardening"], "avatar": { "mediaId": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e00007000800000000000abcd" } }""")]
public sealed record ProfileChanges
{
    /// <summary>What is said of an avatar that is not a picture of the caller's.</summary>
    public const string NoSuchPicture = "There is no such picture of yours.";

    /// <summary>What is said of an avatar that is in a post which is limited to some, or not shown to anyone at present.</summary>
    public const string NotForEveryone = "The picture is in a post that not everyone may see.";

    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <summary>Name to show: 1 to 50 characters of any script.</summary>
    public string? DisplayName
    {
        get;
        init => field = Given(value, "displayName");
    }

    /// <summary>A few words about oneself: up to 500 characters; null for none.</summary>
    public string? Bio
    {
        get;
        init => field = Given(value, "bio");
    }

    /// <summary>Up to 20 interests of 1 to 50 characters; null for none.</summary>
    public IReadOnlyList<string?>? Interests
    {
        get;
        init => field = Given(value, "interests");
    }

    /// <summary>Picture to show; null for none.</summary>
    public AvatarChoice? Avatar
    {
        get;
        init => field = Given(value, "avatar");
    }

    /// <summary>Media to look up before these changes can be made; null for none.</summary>
    [JsonIgnore]
    public string? AvatarMediaId => Avatar?.MediaId;

    /// <summary>What is wrong with the changes, or null.</summary>
    /// <param name="me">Profile of the caller, who must own the avatar.</param>
    public Error? Problems(string me) => new Validation()
        .Note("displayName", Has("displayName") ? ProfileRules.DisplayNameProblem(ProfileRules.Clean(DisplayName)) : null)
        .Note("bio", ProfileRules.BioProblem(ProfileRules.Clean(Bio)))
        .Note("interests", ProfileRules.InterestsProblem(ProfileRules.Clean(Interests)))
        .Require(Avatar is null || (OwnedIds.TryParse(AvatarMediaId, out var owner) && owner == me), "avatar", NoSuchPicture)
        .Error;

    /// <summary>The profile with the changes made, which must have no <see cref="Problems"/>.</summary>
    public ProfileDocument ApplyTo(ProfileDocument profile) => profile with
    {
        DisplayName = Has("displayName") ? ProfileRules.Clean(DisplayName) : profile.DisplayName,
        Bio = Has("bio") ? ProfileRules.Clean(Bio) : profile.Bio,
        Interests = Has("interests") ? ProfileRules.Clean(Interests) : profile.Interests,
        AvatarMediaId = Has("avatar") ? AvatarMediaId : profile.AvatarMediaId,
    };

    private bool Has(string field) => given.Contains(field);

    private T Given<T>(T value, string field)
    {
        given.Add(field);
        return value;
    }
}
