using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>
/// What posts still need: first moderation, then to be shown where they are looked up and distributed to feeds; or to be hidden again.
/// A decision that somebody may want explained is put on record besides.
/// </summary>
public sealed class PostPipeline : IPipeline<PostDocument>
{
    /// <summary>Queue of the worker that moderates.</summary>
    public const string ModerationQueue = "moderation";

    /// <summary>Queue of the worker that writes the statement of a decision, tells the author and keeps the moderators' case.</summary>
    public const string RecordQueue = "moderation-records";

    /// <summary>
    /// Queue of the worker that shows a post in thread, tags, counters and notifications and distributes it to feeds, or hides it again.
    /// </summary>
    public const string ProjectionQueue = "post-projections";

    /// <summary>Queue of the worker that decides on edits.</summary>
    public const string EditQueue = "post-edits";

    private PostPipeline()
    {
    }

    /// <summary>Declares the moderation queue: a model may take a while.</summary>
    public static QueueDefinition Moderation { get; } = new(ModerationQueue) { LockDuration = TimeSpan.FromMinutes(2) };

    /// <summary>Declares the queue of decisions to be recorded.</summary>
    public static QueueDefinition Record { get; } = new(RecordQueue);

    /// <summary>Declares the projection queue.</summary>
    public static QueueDefinition Projection { get; } = new(ProjectionQueue);

    /// <summary>Declares the queue of edits: a model may take a while.</summary>
    public static QueueDefinition Edit { get; } = new(EditQueue) { LockDuration = TimeSpan.FromMinutes(2) };

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [ModerationQueue, RecordQueue, ProjectionQueue, EditQueue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(PostDocument document)
    {
        var spreading = Spreading(document);
        var editing = document is { DeletedAt: null, Edit.Status: ModerationStatus.Pending };
        return document.NeedsRecord() || editing
            ? [.. document.NeedsRecord() ? [RecordQueue] : Array.Empty<string>(), .. spreading, .. editing ? [EditQueue] : Array.Empty<string>()]
            : spreading;
    }

    private static IReadOnlyList<string> Spreading(PostDocument document) => document switch
    {
        // A tombstone gets its time to live once everything has been cleared up.
        { DeletedAt: not null, Ttl: null } => [ProjectionQueue],
        { DeletedAt: null, Moderation.Status: ModerationStatus.Pending } => [ModerationQueue],
        _ => document.Shown != document.Due || (document.IsVisible && (!document.Distributed || document.HiddenInThread != document.CountedHidden))
            ? [ProjectionQueue]
            : [],
    };
}
