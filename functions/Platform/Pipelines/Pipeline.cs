using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>
/// Says which work the state of a document still needs: the outbox of this product. Nothing else decides what is sent, so a lost or
/// repeated message changes nothing in the end.
/// </summary>
/// <typeparam name="TDocument">Documents that go through the pipeline.</typeparam>
public interface IPipeline<in TDocument>
    where TDocument : PipelineDocument
{
    /// <summary>Queues whose workers this state needs now, a step each; none when the document is at rest. Pure.</summary>
    static abstract IReadOnlyList<string> Next(TDocument document);
}

/// <summary>
/// An entry of the waiting index: this work was sent and has not been seen to be done. A timer sends what waits too long again.
/// A queue's entries are one partition, and few: only what is under way is there.
/// </summary>
public sealed record WaitingDocument : Document, IDocument<WaitingDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("waiting", "/queue");

    /// <summary>Queue the work belongs to.</summary>
    public required string Queue { get; init; }

    /// <summary>The work, as it was sent last.</summary>
    public required Queues.WorkMessage Message { get; init; }

    /// <summary>Not sent again before this moment.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <inheritdoc/>
    [System.Text.Json.Serialization.JsonIgnore]
    public override string PartitionKey => Queue;

    /// <summary>Id of the entry of a document's step: one, however often the document changes before it is at rest.</summary>
    public static string IdOf(string partitionKey, string id) => $"{partitionKey}:{id}";

    /// <summary>Id of the entry of a share of a document's step, apart from those of earlier times.</summary>
    public static string IdOf(string partitionKey, string id, int part, DateTimeOffset since) => $"{partitionKey}:{id}:{part}:{since.ToUnixTimeMilliseconds()}";
}
