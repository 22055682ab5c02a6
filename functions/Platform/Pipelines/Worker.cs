using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>How queue functions begin: they read the document again and do nothing if the step is no longer needed.</summary>
public sealed class Worker(IDocumentStore documents, TimeProvider time)
{
    /// <summary>
    /// Runs a step for the document a message speaks of, if its present state still needs it.
    /// </summary>
    /// <param name="queue">The worker's queue: the step's name.</param>
    /// <param name="message">The message.</param>
    /// <param name="work">The step. It ends by writing the state that no longer needs it, under the document's ETag.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    /// <exception cref="StaleReadException">The document is not here yet, or older than the message: it must come again.</exception>
    public Task RunAsync<TPipeline, TDocument>(string queue, WorkMessage message, Func<TDocument, Task> work, CancellationToken cancellationToken)
        where TPipeline : IPipeline<TDocument>
        where TDocument : PipelineDocument, IDocument<TDocument> =>
        WorkTelemetry.RunAsync(
            queue, message, time.GetUtcNow(), () => RunStepAsync<TPipeline, TDocument>(queue, message, work, cancellationToken));

    /// <summary>Writes the state a step ends with.</summary>
    /// <exception cref="StaleReadException">Somebody changed the document meanwhile: the message must come again.</exception>
    public async Task FinishAsync<TDocument>(TDocument document, CancellationToken cancellationToken)
        where TDocument : PipelineDocument, IDocument<TDocument>
    {
        if (!(await documents.ReplaceAsync(document, cancellationToken)).NotThrottled().IsDone)
        {
            throw new StaleReadException(TDocument.Container.Name, document.Revision, null);
        }
    }

    private async Task RunStepAsync<TPipeline, TDocument>(
        string queue, WorkMessage message, Func<TDocument, Task> work, CancellationToken cancellationToken)
        where TPipeline : IPipeline<TDocument>
        where TDocument : PipelineDocument, IDocument<TDocument>
    {
        var document = await documents.FindAsync<TDocument>(message.PartitionKey, message.Id, cancellationToken);
        if (document is null || document.Revision < message.Revision)
        {
            throw new StaleReadException(queue, message.Revision, document?.Revision);
        }

        if (TPipeline.Next(document).Contains(queue))
        {
            await work(document);
        }
        else if (message.Attempt > 0 && message.WaitingId is { } waitingId)
        {
            // Sent again although nothing was left to do: the entry outlived its work.
            await documents.DeleteAsync<WaitingDocument>(queue, waitingId, cancellationToken);
        }
    }
}

/// <summary>A worker met a document older than its message, or lost a race: the message is delivered again.</summary>
public sealed class StaleReadException(string where, long expected, long? found)
    : Exception($"{where}: revision {expected} is not here yet (found {found?.ToString(null, null) ?? "none"}), or the document changed meanwhile.");
