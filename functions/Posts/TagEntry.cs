using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts;

/// <summary>A public, approved post under one of its tags. Its id is the post's.</summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(ErasePosts))]
public sealed record TagEntry : Document, IDocument<TagEntry>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("tags", "/tag");

    /// <summary>The tag, normalised, or one of its later spans: see <see cref="TagSpans"/>.</summary>
    public required string Tag { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Tag;
}

/// <summary>Into which spans of time the entries of a tag are divided. It stands beside the first of them.</summary>
[PersonalData(Belongs.ToNobody, Because = "Tells times of a tag.")]
public sealed record TagSpansDocument : Document, IDocument<TagSpansDocument>, IMayBeRecent
{
    /// <summary>Id of the document within the tag's partition; outside the range of entry ids.</summary>
    public const string SpansId = "spans";

    /// <inheritdoc/>
    public static ContainerDefinition Container => TagEntry.Container;

    /// <summary>The tag, normalised.</summary>
    public required string Tag { get; init; }

    /// <summary>When the first span was noted; it began whenever the tag was first used.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Beginnings of the later spans, oldest first, in milliseconds since 1970.</summary>
    public IReadOnlyList<long> Starts { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Tag;
}
