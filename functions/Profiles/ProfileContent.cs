namespace ServerlessSocial.Profiles;

/// <summary>A page elsewhere that a profile links to.</summary>
/// <param name="Name">What it is called: 1 to 50 characters.</param>
/// <param name="Url">Its address: https or http, percent-encoded, the host in ASCII; up to 500 characters.</param>
public sealed record ProfileLink(string Name, string Url);

/// <summary>What a profile shows and its owner may change: what moderation looks at as a whole.</summary>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Bio">A few words about oneself; empty for none.</param>
/// <param name="Interests">Declared interests.</param>
/// <param name="Links">Pages elsewhere.</param>
/// <param name="AvatarMediaId">Media that shows as avatar; null for none.</param>
/// <param name="HeaderMediaId">Media that shows above the profile; null for none.</param>
public sealed record ProfileContent(
    string DisplayName, string Bio, IReadOnlyList<string> Interests, IReadOnlyList<ProfileLink> Links, string? AvatarMediaId, string? HeaderMediaId)
{
    /// <summary>What shows of a profile of which nothing is approved: its handle.</summary>
    public static ProfileContent Neutral(string handle) => new(handle, string.Empty, [], [], null, null);

    /// <summary>Its pictures, each once.</summary>
    public IReadOnlyList<string> MediaIds() => [.. new[] { AvatarMediaId, HeaderMediaId }.OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The content without a picture.</summary>
    public ProfileContent Without(string mediaId) => this with
    {
        AvatarMediaId = AvatarMediaId == mediaId ? null : AvatarMediaId,
        HeaderMediaId = HeaderMediaId == mediaId ? null : HeaderMediaId,
    };

    /// <summary>This content as far as another one has something there, too: who takes something away need not wait for moderation.</summary>
    public ProfileContent AsFarAs(ProfileContent other) => this with
    {
        Bio = other.Bio.Length == 0 ? string.Empty : Bio,
        Interests = [.. Interests.Where(other.Interests.Contains)],
        Links = [.. Links.Where(other.Links.Contains)],
        AvatarMediaId = other.AvatarMediaId is null ? null : AvatarMediaId,
        HeaderMediaId = other.HeaderMediaId is null ? null : HeaderMediaId,
    };

    /// <inheritdoc/>
    public bool Equals(ProfileContent? other) =>
        other is not null && DisplayName == other.DisplayName && Bio == other.Bio && AvatarMediaId == other.AvatarMediaId && HeaderMediaId == other.HeaderMediaId
        && Interests.SequenceEqual(other.Interests) && Links.SequenceEqual(other.Links);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(DisplayName, Bio, AvatarMediaId, HeaderMediaId, Interests.Count, Links.Count);
}
