using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts;

/// <summary>A reply in its thread. Every reply under one root is in one partition; its id is the post's, so a thread reads in order of time.</summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(ErasePosts))]
public sealed record ReplyDocument : Document, IDocument<ReplyDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("replies", "/rootId");

    /// <summary>First post of the thread.</summary>
    public required string RootId { get; init; }

    /// <summary>Post it answers.</summary>
    public required string ReplyTo { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => RootId;
}
