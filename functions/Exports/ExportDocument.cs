using System.Text.Json.Serialization;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Exports;

/// <summary>How far an export has come, as it is stored; what it is at right now stands in <see cref="ExportActivityDocument"/>.</summary>
public enum ExportState
{
    /// <summary>It is still to be made.</summary>
    Queued,

    /// <summary>The archive was made.</summary>
    Done,

    /// <summary>It could not be made.</summary>
    Failed,
}

/// <summary>A person's wish for an archive of what is theirs.</summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseExports))]
public sealed record ExportDocument : PipelineDocument, IDocument<ExportDocument>
{
    /// <summary>Until when the bytes stay at most, whenever they were made: the note to remove them is written before them.</summary>
    private static readonly TimeSpan Making = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("exports", "/ownerId") { ChangeFeed = true };

    /// <summary>Profile that asked.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Scheme and host that the wish came to: addresses in the archive begin with it.</summary>
    public required string Origin { get; init; }

    /// <summary>How far it has come.</summary>
    public ExportState State { get; init; }

    /// <summary>Why there is no archive, in a sentence for the person who asked.</summary>
    public string? Reason { get; init; }

    /// <summary>Size of the archive.</summary>
    public long? Bytes { get; init; }

    /// <summary>When it came to rest; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Until when the archive can be fetched; null before it was made.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>When it was asked for.</summary>
    [JsonIgnore]
    public DateTimeOffset CreatedAt => Ids.TimeOf(Id);

    /// <summary>Name of the archive in the media store.</summary>
    [JsonIgnore]
    public string BlobName => $"{OwnerId}/export-{Id}";

    /// <summary>The note that has the archive removed when its time is over, like any blob that nothing shows.</summary>
    /// <param name="retention">How long an archive can be fetched.</param>
    public UnusedMediaDocument NoteOf(TimeSpan retention) => UnusedMediaDocument.Of(OwnedIds.Make(Id, OwnerId), BlobName, CreatedAt + retention + Making);
}

/// <summary>What a person's exports are at: one at a time, few a day. Apart from the exports, because each write of those is dispatched as work.</summary>
[PersonalData(Belongs.ToProfile)]
public sealed record ExportActivityDocument : Document, IDocument<ExportActivityDocument>
{
    /// <summary>Id of the one document of a person.</summary>
    public const string ActivityId = "exports";

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("export-activity", "/ownerId") { DefaultTimeToLive = 30 * 24 * 60 * 60 };

    /// <summary>Profile that asked.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The export that has its turn, or had it last.</summary>
    public string? Current { get; init; }

    /// <summary>When that one got it.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>Exports that count, the oldest first.</summary>
    public IReadOnlyList<string> Recent { get; init; } = [];

    /// <summary>Whose run it is: random, new for each. Null when nobody is at it.</summary>
    public string? Run { get; init; }

    /// <summary>Until when the run is taken to be alive.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>The part of the archive that is being written.</summary>
    public string? Part { get; init; }

    /// <summary>Files written so far.</summary>
    public int Files { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;
}

/// <summary>What exports still need: to be made, until they are done or failed.</summary>
public sealed class ExportPipeline : IPipeline<ExportDocument>
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "exports";

    private ExportPipeline()
    {
    }

    /// <summary>The queue whose worker makes archives, which may take long.</summary>
    public static QueueDefinition Definition { get; } = new(Queue) { LockDuration = TimeSpan.FromMinutes(5) };

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Queue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(ExportDocument document) => document.State == ExportState.Queued ? Queues : [];
}
