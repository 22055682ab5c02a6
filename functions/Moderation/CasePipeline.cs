using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Moderation;

/// <summary>
/// What cases still need: a decision to be carried out and told, those to be told who reported what is gone, and their places in the moderators' lists.
/// </summary>
public sealed class CasePipeline : IPipeline<CaseFileDocument>
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "cases";

    private CasePipeline()
    {
    }

    /// <summary>Declares the queue: many may have reported what was decided on.</summary>
    public static QueueDefinition Definition { get; } = new(Queue) { LockDuration = TimeSpan.FromMinutes(5) };

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Queue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(CaseFileDocument document) =>
        document.Decision?.Id != document.AppliedId
        || (document.Gone && CaseRules.IsReportWaiting(document))
        || !document.Listed.SequenceEqual(CaseRules.PlacesOf(document))
            ? Queues
            : [];
}
