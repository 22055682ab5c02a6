using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Discovery;

/// <summary>A hashtag that more people use than usual.</summary>
/// <param name="Name">The tag, normalised.</param>
/// <param name="People">Authors who used it in the last 24 hours, each once.</param>
/// <param name="Before">Authors who used it in the 24 hours before those.</param>
/// <param name="Peak">The highest score it had lately.</param>
/// <param name="PeakAt">When it had that.</param>
/// <param name="Score">What is left of it.</param>
public sealed record TagTrend(string Name, int People, int Before, double Peak, DateTimeOffset PeakAt, double Score);

/// <summary>A post that people react to.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Reactions">Likes and boosts.</param>
/// <param name="Score">Its score.</param>
public sealed record PostTrend(string PostId, long Reactions, double Score);

/// <summary>Somebody whose posts people react to.</summary>
/// <param name="ProfileId">The profile.</param>
/// <param name="Reactions">Likes and boosts of what they wrote in two days.</param>
public sealed record AuthorTrend(string ProfileId, long Reactions);

/// <summary>What is talked about in a language. Made anew every few minutes.</summary>
[PersonalData(Belongs.ToNobody, Because = "Made anew every ten minutes of what stands then, and gone after a day.")]
public sealed record TrendsDocument : Document, IDocument<TrendsDocument>, IMayBeRecent
{
    /// <summary>Id of what is talked about in whatever language.</summary>
    public const string AllLanguages = "all";

    /// <summary>Partition of all of them.</summary>
    public const string Partition = "trends";

    /// <summary>Seconds that it lives when it is not made anew.</summary>
    public const int Seconds = 24 * 60 * 60;

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("trends", "/kind");

    /// <summary>Partition.</summary>
    public string Kind { get; init; } = Partition;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>Hashtags, what rises most first.</summary>
    public IReadOnlyList<TagTrend> Tags { get; init; } = [];

    /// <summary>Posts, the highest score first, one of each author.</summary>
    public IReadOnlyList<PostTrend> Posts { get; init; } = [];

    /// <summary>Authors, most reactions first.</summary>
    public IReadOnlyList<AuthorTrend> People { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Kind;
}

/// <summary>Hashtags that moderators keep from being suggested.</summary>
[PersonalData(Belongs.ToNobody, Because = "Tells tags; who decided stands in the audit trail.")]
public sealed record KeptTagsDocument : Document, IDocument<KeptTagsDocument>
{
    /// <summary>Id of the document.</summary>
    public const string TagsId = "kept-tags";

    /// <summary>Most tags that are kept out.</summary>
    public const int MostTags = 2_000;

    /// <inheritdoc/>
    public static ContainerDefinition Container => TrendsDocument.Container;

    /// <summary>Partition.</summary>
    public string Kind { get; init; } = TagsId;

    /// <summary>The tags, normalised, by the alphabet.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Kind;
}
