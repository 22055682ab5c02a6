using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Media;

/// <summary>What pictures still need: to be looked at once, then what follows from decisions to be put on record, and their case to be closed when they are given up.</summary>
public sealed class MediaPipeline : IPipeline<MediaDocument>
{
    /// <summary>Queue of the worker that looks at pictures.</summary>
    public const string ModerationQueue = "media-moderation";

    /// <summary>Queue of the worker that writes the statement of a decision, tells the owner, keeps the moderators' case, and takes the picture from where it shows.</summary>
    public const string RecordQueue = "media-records";

    private MediaPipeline()
    {
    }

    /// <summary>Declares the moderation queue: a model may take a while.</summary>
    public static QueueDefinition Moderation { get; } = new(ModerationQueue) { LockDuration = TimeSpan.FromMinutes(2) };

    /// <summary>Declares the queue of decisions to be recorded.</summary>
    public static QueueDefinition Record { get; } = new(RecordQueue);

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [ModerationQueue, RecordQueue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(MediaDocument document) => document switch
    {
        { DiscardedAt: null, Moderation.Status: ModerationStatus.Pending } => [ModerationQueue],
        _ => document.NeedsRecord() || document.GoneInCase != (document.DiscardedAt is not null) ? [RecordQueue] : [],
    };
}
