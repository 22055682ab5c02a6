using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>
/// An entry of the waiting index: this work was sent and has not been seen to be done. What waits too long is sent again. Entries are
/// few, because only what is under way is there; a queue's entries are spread over the shards of <see cref="WaitingOptions.Shards"/>.
/// </summary>
[PersonalData(Belongs.ToNobody, Because = "Names work under way, and is struck off when that is done.")]
public sealed record WaitingDocument : Document, IDocument<WaitingDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("waiting", "/partition");

    /// <summary>Queue the work belongs to.</summary>
    public required string Queue { get; init; }

    /// <summary>The queue's name, and behind it the shard unless that is the first.</summary>
    public string Partition
    {
        get => field ?? Queue;
        init;
    }

    /// <summary>The work, as it was sent last.</summary>
    public required WorkMessage Message { get; init; }

    /// <summary>Not sent again before this moment.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When the message may be delivered at the earliest; null for as soon as it is sent. Not stored: the message is.</summary>
    [JsonIgnore]
    public DateTimeOffset? NotBefore { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Partition;

    /// <summary>Id of the entry of a document's step: one, however often the document changes before it is at rest.</summary>
    public static string IdOf(string partitionKey, string id) => $"{partitionKey}:{id}";

    /// <summary>Id of the entry of a share of a document's step, apart from those of earlier times.</summary>
    public static string IdOf(string partitionKey, string id, int part, DateTimeOffset since) => $"{partitionKey}:{id}:{part}:{since.ToUnixTimeMilliseconds()}";
}
