using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Graph;

/// <summary>
/// What one profile holds towards another: follow, request to follow, block, mute; and whether the other blocks it. One document for all of it, so that the
/// rules that decide what a viewer sees of an author cost one point read.
/// The <c>Settled</c> properties say which effects elsewhere (follower buckets, counters, feeds) are in place. A change sets the one it is
/// about to the opposite of the new state, also when the change before has not been settled yet: its effects may be half in place, so going
/// back to where one was needs work like any other change.
/// </summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseRelations))]
public sealed record RelationDocument : PipelineDocument, IDocument<RelationDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("relations", "/ownerId") { ChangeFeed = true, Order = new("followId") };

    /// <summary>Profile that holds the relation. The document's id is the other profile's.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The owner follows the other.</summary>
    public bool Following { get; init; }

    /// <summary>The owner wants no boosts of the other in the feed.</summary>
    public bool HidesBoosts { get; init; }

    /// <summary>The owner asked the other, whose profile is locked, to be let follow; the answer is still to come.</summary>
    public bool Requested { get; init; }

    /// <summary>The owner blocks the other.</summary>
    public bool Blocking { get; init; }

    /// <summary>The owner mutes the other.</summary>
    public bool Muting { get; init; }

    /// <summary>When the mute ends by itself; null when it does not, or there is none.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>The other blocks the owner: the mirror of the other's <see cref="Blocking"/>.</summary>
    public bool BlockedBy { get; init; }

    /// <summary>Time-ordered id of the present follow: names its notification.</summary>
    public string? FollowId { get; init; }

    /// <summary>Id of the first follow, if there was another one since: whoever is told of it is told once. Null while there was but one.</summary>
    public string? FirstFollowId { get; init; }

    /// <summary>The follow of <see cref="FollowId"/> was asked for and approved, so that its owner is told and not the other.</summary>
    public bool Approved { get; init; }

    /// <summary>Time-ordered id of the present request: names its notification and its place in the other's list.</summary>
    public string? RequestId { get; init; }

    /// <summary>Id of the first request, if there was another one since: whoever is told of it is told once. Null while there was but one.</summary>
    public string? FirstRequestId { get; init; }

    /// <summary>Time-ordered id of the present block: names its place in the owner's list. Null in those from before there was a list.</summary>
    public string? BlockId { get; init; }

    /// <summary>Time-ordered id of the present mute: names its place in the owner's list. Null in those from before there was a list.</summary>
    public string? MuteId { get; init; }

    /// <summary>The follow's effects are in place.</summary>
    public bool SettledFollowing { get; init; }

    /// <summary>The request's effects are in place.</summary>
    public bool SettledRequested { get; init; }

    /// <summary>The block's effects are in place.</summary>
    public bool SettledBlocking { get; init; }

    /// <summary>The mute's effects are in place.</summary>
    public bool SettledMuting { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? OrderKey => FollowId;

    /// <summary>Whether a block stands between the two, whoever set it.</summary>
    [JsonIgnore]
    public bool Blocked => Blocking || BlockedBy;

    /// <summary>The relation as it would be without a block, whoever set it: for what a block must not keep anyone from, such as reporting.</summary>
    public RelationDocument Unblocked() => this with { Blocking = false, BlockedBy = false };
}

/// <summary>A follower in one of the followed profile's buckets: see <see cref="FollowerLayout"/>.</summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(EraseFollowerBuckets))]
public sealed record FollowerDocument : Document, IDocument<FollowerDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("followers", "/bucket");

    /// <summary>The bucket, <c>{followeeId}:{number}</c>. The document's id is the follower's.</summary>
    public required string Bucket { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Bucket;

    /// <summary>Name of a bucket.</summary>
    public static string BucketOf(string followeeId, int bucket) => $"{followeeId}:{bucket}";

    /// <summary>A follower in a bucket.</summary>
    public static FollowerDocument Of(string followeeId, int bucket, string followerId) => new() { Id = followerId, Bucket = BucketOf(followeeId, bucket) };

    /// <summary>Key of a follower in a bucket.</summary>
    public static DocumentKey KeyOf(string followeeId, int bucket, string followerId) => DocumentKey.Of<FollowerDocument>(BucketOf(followeeId, bucket), followerId);
}

/// <summary>What relations still need.</summary>
public sealed class RelationPipeline : IPipeline<RelationDocument>
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "relations";

    private RelationPipeline()
    {
    }

    /// <summary>The queue whose worker carries out what follows from a relation.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Queue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(RelationDocument document) =>
        document.Following != document.SettledFollowing
        || document.Requested != document.SettledRequested
        || document.Blocking != document.SettledBlocking
        || document.Muting != document.SettledMuting
            ? Queues
            : [];
}
