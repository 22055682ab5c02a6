using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>
/// How queue functions begin: they read the document again and do nothing if the step is no longer needed; what fails is tried again as
/// <see cref="Retries"/> says.
/// </summary>
public sealed class Worker(IDocumentStore documents, WaitingIndex waiting, Retries retries)
{
    /// <summary>Tries after which a document that is not there is not late but gone: they take half a minute, and what the change feed told of is stored.</summary>
    private const int TriesForLate = 8;

    /// <summary>
    /// Runs a step for the document a message speaks of, if its present state still needs it.
    /// </summary>
    /// <param name="queue">The worker's queue: the step's name.</param>
    /// <param name="message">The message.</param>
    /// <param name="work">The step. It ends by writing the state that no longer needs it, under the document's ETag.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    public Task RunAsync<TPipeline, TDocument>(string queue, WorkMessage message, Func<TDocument, Task> work, CancellationToken cancellationToken)
        where TPipeline : IPipeline<TDocument>
        where TDocument : PipelineDocument, IDocument<TDocument> =>
        retries.RunAsync(queue, message, () => StepAsync<TPipeline, TDocument>(queue, message, work, cancellationToken), cancellationToken);

    /// <summary>Runs a share of the work that a document's step was divided into.</summary>
    /// <param name="queue">The worker's queue.</param>
    /// <param name="message">The message: its part is the share.</param>
    /// <param name="work">The share. It ends by striking itself off the waiting index.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    public Task RunShareAsync<TDocument>(string queue, WorkMessage message, Func<TDocument, Task> work, CancellationToken cancellationToken)
        where TDocument : Document, IDocument<TDocument> =>
        retries.RunAsync(
            queue,
            message,
            async () =>
            {
                if (await ReadAsync<TDocument>(queue, message, cancellationToken) is { } document)
                {
                    await work(document);
                }
            },
            cancellationToken);

    /// <summary>Runs work that a message without names tells the entry of; one that was struck off meanwhile is not done.</summary>
    /// <param name="queue">The worker's queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="work">The work, on the document the entry names. Whatever ends the need for it strikes it off.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    public Task RunNotedAsync<TDocument>(string queue, WorkMessage message, Func<TDocument, Task> work, CancellationToken cancellationToken)
        where TDocument : Document, IDocument<TDocument> =>
        retries.RunAsync(
            queue,
            message,
            async () =>
            {
                if (message.WaitingId is { } waitingId
                    && await waiting.FindAsync(queue, waitingId, cancellationToken) is { } entry
                    && await ReadAsync<TDocument>(queue, entry.Message, cancellationToken) is { } document)
                {
                    await work(document);
                }
            },
            cancellationToken);

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

    /// <summary>Runs a step, if the document's present state still needs it, for callers that see to failures themselves.</summary>
    /// <exception cref="StaleReadException">The document is not here yet, or older than the message: it must come again.</exception>
    public async Task StepAsync<TPipeline, TDocument>(string queue, WorkMessage message, Func<TDocument, Task> work, CancellationToken cancellationToken)
        where TPipeline : IPipeline<TDocument>
        where TDocument : PipelineDocument, IDocument<TDocument>
    {
        if (await ReadAsync<TDocument>(queue, message, cancellationToken) is not { } document)
        {
            return;
        }

        if (TPipeline.Next(document).Contains(queue))
        {
            await work(document);
        }
        else if (message.Attempt > 0 && message.WaitingId is { } waitingId)
        {
            // Sent again although nothing was left to do: the entry outlived its work.
            await waiting.StrikeAsync(queue, waitingId, cancellationToken);
        }
    }

    /// <summary>
    /// The document a message speaks of; null if it is gone, and so is the note of the work by then. A document that is missing at first may only be
    /// late; one that is still missing after <see cref="TriesForLate"/>, or when its work is sent again, was removed by somebody whose strike the
    /// dispatcher's note came after.
    /// </summary>
    private async Task<TDocument?> ReadAsync<TDocument>(string queue, WorkMessage message, CancellationToken cancellationToken)
        where TDocument : Document, IDocument<TDocument>
    {
        var document = await documents.FindAsync<TDocument>(message.PartitionKey, message.Id, cancellationToken);
        if (document is null && message.WaitingId is { } waitingId)
        {
            if (await waiting.FindAsync(queue, waitingId, cancellationToken) is null)
            {
                return null;
            }

            if (message.Attempt > 0 || message.Failures >= TriesForLate)
            {
                await waiting.StrikeAsync(queue, waitingId, cancellationToken);
                return null;
            }
        }

        return document is null || document.Revision < message.Revision
            ? throw new StaleReadException(queue, message.Revision, document?.Revision)
            : document;
    }
}
