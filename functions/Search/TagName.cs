using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Search;

/// <summary>A hashtag that was used once, in the order of the alphabet. Its id is the tag.</summary>
[PersonalData(Belongs.ToNobody, Because = "Tells which tags there are.")]
public sealed record TagName : Document, IDocument<TagName>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container => TagEntry.Container;

    /// <summary>Partition: what the tag begins with.</summary>
    public required string Tag { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Tag;

    /// <summary>The name of a tag.</summary>
    public static TagName Of(string tag) => new() { Id = tag, Tag = PartitionOf(tag) };

    /// <summary>The partition of the tags that begin as a text of at least two UTF-16 units does. No tag holds its sign.</summary>
    public static string PartitionOf(string beginning) => $"names@{(beginning.Length < 2 ? beginning : beginning[..2])}";
}
