using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Profiles;

/// <summary>A picture to show as avatar or header.</summary>
/// <param name="MediaId">One of the caller's own pictures, as <c>POST /media</c> or an image job gave it out.</param>
public sealed record AvatarChoice([property: Required] string? MediaId = null);

/// <summary>A page elsewhere.</summary>
/// <param name="Name">What it is called: 1 to 50 characters.</param>
/// <param name="Url">Its address: https or http, up to 500 characters, percent-encoded; names no user.</param>
public sealed record ProfileLinkChange([property: MaxGraphemes(ProfileRules.MaxLinkName)] string? Name = null, [property: MaxLength(ProfileRules.MaxLinkUrl)] string? Url = null);

/// <summary>
/// What to change about a profile (in the manner of JSON Merge Patch, RFC 7396): what is left out stays as it is, null empties.
/// </summary>
[Example("""{ "displayName": "Anna", "bio": null, "interests": ["gardening"], "links": [{ "name": "Garden", "url": "https://garden.example/anna" }], "avatar": { "mediaId": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e00007000800000000000abcd" } }""")]
public sealed record ProfileChanges : MergePatch
{
    /// <summary>What is said of an avatar or a header that is not a picture of the caller's.</summary>
    public const string NoSuchPicture = "There is no such picture of yours.";

    /// <summary>What is said of an avatar or a header that is in a post which is limited to some, or not shown to anyone at present.</summary>
    public const string NotForEveryone = "The picture is in a post that not everyone may see.";

    /// <summary>Another handle: 3 to 30 of a-z, 0-9 and _, in any case. The former one leads here for 30 days, and can be changed once in 7.</summary>
    [StringLength(Handles.MaxLength, MinimumLength = Handles.MinLength)]
    public string? Handle
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Name to show: 1 to 50 characters of any script.</summary>
    [MaxGraphemes(ProfileRules.MaxDisplayName)]
    public string? DisplayName
    {
        get;
        init => field = Given(value);
    }

    /// <summary>A few words about oneself: up to 500 characters; null for none.</summary>
    [MaxGraphemes(ProfileRules.MaxBio)]
    public string? Bio
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Up to 20 interests of 1 to 50 characters; null for none.</summary>
    [MaxLength(ProfileRules.MaxInterests), MaxGraphemes(ProfileRules.MaxInterest)]
    public IReadOnlyList<string?>? Interests
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Picture to show; null for none.</summary>
    public AvatarChoice? Avatar
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Whether following takes one's approval from now on; null for no. Who follows already stays, and who asked before goes on waiting.</summary>
    public bool? Locked
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Whether one is found by name and suggested to others from now on, instead of by one's whole handle alone; null for no.</summary>
    public bool? Discoverable
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Whether others find one's public posts by their words from now on; null for no.</summary>
    public bool? Indexable
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Picture above the profile; null for none.</summary>
    public AvatarChoice? Header
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Up to 5 links; null for none.</summary>
    [MaxLength(ProfileRules.MaxLinks)]
    public IReadOnlyList<ProfileLinkChange?>? Links
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Pictures to look up before these changes can be made, and the fields that name them.</summary>
    public IEnumerable<(string Field, string MediaId)> Pictures() =>
        new[] { ("avatar", Avatar?.MediaId), ("header", Header?.MediaId) }.Where(picture => picture.Item2 is not null).Select(picture => (picture.Item1, picture.Item2!));

    /// <summary>The new display name; null if it does not change.</summary>
    public string? NewDisplayName() => Has(nameof(DisplayName)) ? ProfileRules.Clean(DisplayName) : null;

    /// <summary>What is wrong with the changes, or null.</summary>
    /// <param name="me">Profile of the caller, who must own the pictures.</param>
    public Error? Problems(string me) => new Validation()
        .Require(!Has(nameof(Handle)) || Handles.Normalize(Handle) is not null, "handle", $"{Handles.MinLength} to {Handles.MaxLength} of a-z, 0-9 and _.")
        .Require(Handles.Normalize(Handle) is not { } wanted || !Handles.IsReserved(wanted), "handle", "This handle is reserved.")
        .Note("displayName", Has(nameof(DisplayName)) ? ProfileRules.DisplayNameProblem(ProfileRules.Clean(DisplayName)) : null)
        .Note("bio", ProfileRules.BioProblem(ProfileRules.Clean(Bio)))
        .Note("interests", ProfileRules.InterestsProblem(ProfileRules.Clean(Interests)))
        .Note("links", ProfileRules.LinksProblem(ProfileRules.Clean(Links)))
        .Require(IsMine(Avatar, me), "avatar", NoSuchPicture)
        .Require(IsMine(Header, me), "header", NoSuchPicture)
        .Error;

    /// <summary>The handle that a profile is to have instead of its present one; null if none is asked for.</summary>
    public string? NewHandle(ProfileDocument profile) => Handles.Normalize(Handle) is { } wanted && wanted != profile.Handle ? wanted : null;

    /// <summary>What the owner of the profile is to have decided.</summary>
    public ProfileSettings ApplyTo(ProfileSettings settings) => new(
        Has(nameof(Locked)) ? Locked ?? false : settings.Locked,
        Has(nameof(Discoverable)) ? Discoverable ?? false : settings.Discoverable,
        Has(nameof(Indexable)) ? Indexable ?? false : settings.Indexable);

    /// <summary>What the profile is to show with the changes made, which must have no <see cref="Problems"/>.</summary>
    public ProfileContent ApplyTo(ProfileContent content) => new(
        Has(nameof(DisplayName)) ? ProfileRules.Clean(DisplayName) : content.DisplayName,
        Has(nameof(Bio)) ? ProfileRules.Clean(Bio) : content.Bio,
        Has(nameof(Interests)) ? ProfileRules.Clean(Interests) : content.Interests,
        Has(nameof(Links)) ? ProfileRules.Clean(Links) : content.Links,
        Has(nameof(Avatar)) ? Avatar?.MediaId : content.AvatarMediaId,
        Has(nameof(Header)) ? Header?.MediaId : content.HeaderMediaId);

    private static bool IsMine(AvatarChoice? choice, string me) => choice is null || (OwnedIds.TryParse(choice.MediaId, out var owner) && owner == me);
}
