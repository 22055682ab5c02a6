using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Accounts;

/// <summary>How far the deletion of an account has come.</summary>
public enum DeletionState
{
    /// <summary>Everything the person did is being undone.</summary>
    Undoing,

    /// <summary>What is undone is being erased.</summary>
    Erasing,

    /// <summary>Nothing is left.</summary>
    Done,
}

/// <summary>
/// A person's wish that their account be deleted. Its id is its own: once all is done it names nobody any more, and says for a while that
/// somebody's wish was carried out.
/// </summary>
[PersonalData(Belongs.ToNobody, Because = "Names the person until its last write, which takes the names out.")]
public sealed record DeletionDocument : PipelineDocument, IDocument<DeletionDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("deletions", "/id") { ChangeFeed = true };

    /// <summary>The profile; null once it is done.</summary>
    public string? ProfileId { get; init; }

    /// <summary>The account; null once it is done.</summary>
    public string? AccountId { get; init; }

    /// <summary>How far it has come.</summary>
    public DeletionState State { get; init; }

    /// <summary>From when on what is undone may be erased; null while it is being undone.</summary>
    public DateTimeOffset? EraseFrom { get; init; }

    /// <summary>When it was done; null before.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;

    /// <summary>The deletion once nothing is left.</summary>
    public DeletionDocument Done(DateTimeOffset now, TimeSpan retention) => this with
    {
        ProfileId = null,
        AccountId = null,
        State = DeletionState.Done,
        DoneAt = now,
        TraceParent = null,
        Ttl = (int)retention.TotalSeconds,
    };
}

/// <summary>What deletions still need.</summary>
public sealed class DeletionPipeline : IPipeline<DeletionDocument>
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "account-deletions";

    private DeletionPipeline()
    {
    }

    /// <summary>The queue whose worker undoes and erases.</summary>
    public static QueueDefinition Definition { get; } = new(Queue) { LockDuration = TimeSpan.FromMinutes(5) };

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Queue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(DeletionDocument document) => document.State == DeletionState.Done ? [] : Queues;
}
