using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>
/// An entry in the list of posts that wait for a person: one partition, oldest post first. The post itself says whether it waits;
/// the entry follows it.
/// </summary>
public sealed record ReviewDocument : Document, IDocument<ReviewDocument>
{
    /// <summary>The only partition there is: few posts are held, and moderators work on one list.</summary>
    public const string Held = "held";

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("reviews", "/queue");

    /// <summary>The list. The document's id is the post's.</summary>
    public required string Queue { get; init; }

    /// <summary>What the classifier found; null when the check could not finish.</summary>
    public IReadOnlyList<HarmScore>? Scores { get; init; }

    /// <summary>Name of the classifier; null when the check could not finish.</summary>
    public string? By { get; init; }

    /// <summary>What the author says against the decision; null when the post is held.</summary>
    public string? Appeal { get; init; }

    /// <summary>Since when it waits.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Queue;

    /// <summary>The entry of a post that waits.</summary>
    public static ReviewDocument Of(PostDocument post) => new()
    {
        Id = post.Id,
        Queue = Held,
        Scores = post.Moderation.Scores,
        By = post.Moderation.By,
        Appeal = post.Moderation.Appeal?.Text,
        Since = post.Moderation.Appeal?.At ?? post.Moderation.DecidedAt ?? post.CreatedAt,
    };
}
