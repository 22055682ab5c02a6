using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts;

/// <summary>
/// A reply in its thread. Every reply under one root is in one partition; its id is the post's, so that what answers one post reads in order of time. One
/// that is gone keeps its place as long as something answers it: without it nothing would lead there.
/// </summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(ErasePosts))]
public sealed record ReplyDocument : Document, IDocument<ReplyDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("replies", "/rootId") { Order = new("id", "replyTo") };

    /// <summary>First post of the thread.</summary>
    public required string RootId { get; init; }

    /// <summary>Post it answers.</summary>
    public required string ReplyTo { get; init; }

    /// <summary>Whether something ever answered it, so that a page need not look below most replies. Not set in those from before it was noted.</summary>
    public bool Answered { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => RootId;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string OrderKey => Id;

    /// <summary>What answers one post of a thread, the oldest first.</summary>
    public static DocumentQuery InAnswerTo(string rootId, string postId, int limit) => new(rootId, limit) { IsOrdered = true, Group = postId };
}
