using System.Text.Json.Serialization;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>What one can do about a post.</summary>
public enum ReactionKind
{
    /// <summary>Likes it.</summary>
    Like,

    /// <summary>Passes it on to one's followers.</summary>
    Boost,

    /// <summary>Keeps it for oneself; nobody else learns of it.</summary>
    Bookmark,
}

/// <summary>A profile's reaction to a post. It stays when it is taken back, so that its revision orders every change of mind.</summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseReactions))]
public sealed record ReactionDocument : PipelineDocument, IDocument<ReactionDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("reactions", "/actorId") { ChangeFeed = true, Order = new("eventId", "kind") };

    /// <summary>Profile that reacts.</summary>
    public required string ActorId { get; init; }

    /// <summary>What it does.</summary>
    public required ReactionKind Kind { get; init; }

    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>Whether the reaction stands now.</summary>
    public required bool Active { get; init; }

    /// <summary>Time-ordered id of the moment it was given last: names its notification and, for a boost, its feed entries.</summary>
    public required string EventId { get; init; }

    /// <summary>Id of the moment it was given first, if it was given again since: whoever is told of it is told once. Null while there was but one.</summary>
    public string? FirstEventId { get; init; }

    /// <summary>Whether the counters, notifications and feeds show it as active. Of a like this is noted only when a queue had to carry it out.</summary>
    public bool Settled { get; init; }

    /// <summary>
    /// The shard of the post's counters that it counts in, 1 and up, if the post had very many likes when it was first given; null for the
    /// post's own. It never changes, so that the reaction counts once whatever the post's likes do.
    /// </summary>
    public int? Shard { get; init; }

    /// <summary>What the reaction counts towards.</summary>
    [JsonIgnore]
    public string CountedFor => Shard is { } shard ? ShardedTallies.SubjectOf(PostId, shard) : PostId;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => ActorId;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string OrderKey => EventId;

    /// <summary>All reactions of a kind that somebody ever gave, in the order in which they were given, the newest first; those taken back stand among them.</summary>
    public static DocumentQuery InOrderOfAct(string actorId, ReactionKind kind, int limit) =>
        new(actorId, limit) { IsOrdered = true, Group = EnumNames.NameOf(kind), Descending = true };

    /// <summary>Id of a reaction: one per actor, kind and post. Sorts by the post's time within a kind.</summary>
    public static string IdOf(ReactionKind kind, string postId) => Prefix(kind) + postId;

    /// <summary>Prefix of the ids of all reactions of a kind.</summary>
    public static string Prefix(ReactionKind kind) => kind switch
    {
        ReactionKind.Like => "like:",
        ReactionKind.Boost => "boost:",
        ReactionKind.Bookmark => "bookmark:",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}

/// <summary>What reactions still need.</summary>
public sealed class ReactionPipeline : IPipeline<ReactionDocument>
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "reactions";

    private ReactionPipeline()
    {
    }

    /// <summary>The queue whose worker counts reactions and tells of them.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Queue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(ReactionDocument document) =>
        document.Kind != ReactionKind.Bookmark && document.Active != document.Settled ? Queues : [];
}
