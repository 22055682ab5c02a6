using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Posts;

/// <summary>A public, approved post under one of its tags. Its id is the post's.</summary>
public sealed record TagEntry : Document, IDocument<TagEntry>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("tags", "/tag");

    /// <summary>The tag, normalised.</summary>
    public required string Tag { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Tag;
}
