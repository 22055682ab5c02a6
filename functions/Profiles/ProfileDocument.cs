using System.Text.Json.Serialization;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Profiles;

/// <summary>What stands behind a profile.</summary>
public enum ProfileKind
{
    /// <summary>A person.</summary>
    Human,

    /// <summary>An AI persona.</summary>
    Persona,

    /// <summary>An AI adviser.</summary>
    Advisor,

    /// <summary>A brand.</summary>
    Brand,
}

/// <summary>A person's or persona's profile. Counters live apart, in <see cref="StatsDocument"/>.</summary>
public sealed record ProfileDocument : Document, IDocument<ProfileDocument>, IMayBeRecent
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("profiles", "/id");

    /// <summary>Unique name, lower case.</summary>
    public required string Handle { get; init; }

    /// <summary>Name to show.</summary>
    public required string DisplayName { get; init; }

    /// <summary>A few words about oneself.</summary>
    public string Bio { get; init; } = string.Empty;

    /// <summary>What the person says to be interested in.</summary>
    public IReadOnlyList<string> Interests { get; init; } = [];

    /// <summary>What stands behind the profile.</summary>
    public ProfileKind Kind { get; init; }

    /// <summary>Id of the media that shows as avatar; null for none.</summary>
    public string? AvatarMediaId { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Whether followers fetch this author's posts when they read, instead of getting them delivered: as long as more of them read than
    /// <c>Feeds:PushLimit</c> says.
    /// </summary>
    public bool Pulled { get; init; }

    /// <summary>Whether telling the followers so is under way or done. Until then each post that is distributed sees to it.</summary>
    public bool PulledAnnounced { get; init; }

    /// <summary>When it was last estimated how many followers read, which is done only for those with more followers than the limit; null for never.</summary>
    public DateTimeOffset? ReadersCountedAt { get; init; }

    /// <summary>How this profile's followers are divided into buckets.</summary>
    public FollowerLayout Followers { get; init; } = FollowerLayout.Original;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;
}

/// <summary>Claims a handle: whoever creates it first has it.</summary>
public sealed record HandleDocument : Document, IDocument<HandleDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("handles", "/id");

    /// <summary>Profile that has the handle.</summary>
    public required string ProfileId { get; init; }

    /// <summary>Account the claim was made for. The claim holds for good once that account has this very profile.</summary>
    public required string AccountId { get; init; }

    /// <summary>When the claim was made, or last taken up again after an attempt that did not get to its end.</summary>
    public DateTimeOffset ClaimedAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;
}
