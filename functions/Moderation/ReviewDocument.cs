using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>
/// An entry in the list of posts that wait for a person: oldest post first, over a few partitions. The post itself says whether it waits;
/// the entry follows it.
/// </summary>
public sealed record ReviewDocument : Document, IDocument<ReviewDocument>
{
    /// <summary>The first partition, and the only one unless <see cref="ModerationOptions.ReviewShards"/> says more.</summary>
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

    /// <summary>Partitions of the list.</summary>
    public static IReadOnlyList<string> Partitions(int shards) =>
        [.. Enumerable.Range(0, shards).Select(shard => shard == 0 ? Held : string.Create(CultureInfo.InvariantCulture, $"{Held}:{shard}"))];

    /// <summary>The entry of a post that waits.</summary>
    /// <param name="post">The post.</param>
    /// <param name="shards">Partitions of the list; the random part of the post's id tells which.</param>
    public static ReviewDocument Of(PostDocument post, int shards) => new()
    {
        Id = post.Id,
        Queue = Partitions(shards)[int.Parse(post.Id.AsSpan(Ids.Length - 4, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % shards],
        Scores = post.Moderation.Scores,
        By = post.Moderation.By,
        Appeal = post.Moderation.Appeal?.Text,
        Since = post.Moderation.Appeal?.At ?? post.Moderation.DecidedAt ?? post.CreatedAt,
    };
}
