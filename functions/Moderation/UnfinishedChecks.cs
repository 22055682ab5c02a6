using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Holds for a person what the automatic check did not come to an end with: never lost, never shown unreviewed.</summary>
public sealed partial class UnfinishedChecks(DeadLetters deadLetters, IDocumentStore documents, TimeProvider time, ILogger<UnfinishedChecks> log)
{
    /// <summary>Why it is held, for whoever answers for it.</summary>
    public const string Reason = "Our automatic check could not finish; a person will look at it.";

    /// <summary>Holds what a message speaks of unless it has been decided on meanwhile.</summary>
    /// <param name="queue">The moderation queue of its pipeline.</param>
    /// <param name="message">A message that workers gave up on.</param>
    /// <param name="under">The document under a decision.</param>
    /// <param name="cancellationToken">Stops it; the dead-letter queue delivers again.</param>
    public Task HoldAsync<TPipeline, TDocument>(
        string queue, WorkMessage message, Func<TDocument, PostModeration, TDocument> under, CancellationToken cancellationToken)
        where TPipeline : IPipeline<TDocument>
        where TDocument : PipelineDocument, IDocument<TDocument>, IModerated =>
        deadLetters.SettleAsync(queue, message, () => HoldNowAsync<TPipeline, TDocument>(queue, message, under, cancellationToken), cancellationToken);

    private async Task HoldNowAsync<TPipeline, TDocument>(
        string queue, WorkMessage message, Func<TDocument, PostModeration, TDocument> under, CancellationToken cancellationToken)
        where TPipeline : IPipeline<TDocument>
        where TDocument : PipelineDocument, IDocument<TDocument>, IModerated
    {
        var now = time.GetUtcNow();
        var held = new PostModeration(ModerationStatus.Held, Reason, null, now) { CaseId = Ids.New(now) };
        var document = await documents.UpdateAsync<TDocument>(
            message.PartitionKey, message.Id, found => TPipeline.Next(found).Contains(queue) ? under(found, held) : null, cancellationToken);
        if (document is null)
        {
            throw new StaleReadException(queue, message.Revision, null);
        }

        if (document.Moderation.CaseId == held.CaseId)
        {
            ModerationTelemetry.Decided(ModerationStatus.Held, DecidedBy.Automatic);
            Gave(log, queue, message.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The automatic check of {Queue} did not finish for {Id}; it is held for a person.")]
    private static partial void Gave(ILogger log, string queue, string id);
}
