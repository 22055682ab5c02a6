using System.Security.Cryptography;
using System.Text;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Turns changed documents into messages: what change-feed functions do, and all they do.</summary>
public sealed class Dispatcher(IDocumentStore documents, IWorkQueue queue, TimeProvider time)
{
    /// <summary>How long work may wait before it is sent again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Sends the work that the changed documents need, and strikes from the waiting index what is at rest.</summary>
    /// <param name="changed">Documents from a change feed.</param>
    /// <param name="queues">Every queue the pipeline can name: those a document does not need are not waiting any more.</param>
    /// <param name="cancellationToken">Stops the dispatch; the change feed repeats it.</param>
    public async Task DispatchAsync<TPipeline, TDocument>(IReadOnlyList<TDocument> changed, IReadOnlyList<string> queues, CancellationToken cancellationToken)
        where TPipeline : IPipeline<TDocument>
        where TDocument : PipelineDocument
    {
        var waiting = new List<WaitingDocument>();
        var done = new List<DocumentKey>();
        foreach (var document in changed)
        {
            var id = WaitingDocument.IdOf(document.PartitionKey, document.Id);
            var needed = TPipeline.Next(document);
            foreach (var name in queues)
            {
                if (needed.Contains(name))
                {
                    waiting.Add(Waiting(name, id, new(document.PartitionKey, document.Id, document.Revision, id) { TraceParent = document.TraceParent }));
                }
                else
                {
                    done.Add(DocumentKey.Of<WaitingDocument>(name, id));
                }
            }
        }

        await SendAsync(waiting, cancellationToken);
        if (done.Count > 0)
        {
            await documents.DeleteManyAsync(done, cancellationToken);
        }
    }

    /// <summary>Notes work in the waiting index and sends it: first the note, so that a crash in between is found by the sweep.</summary>
    public async Task SendAsync(IReadOnlyCollection<WaitingDocument> work, CancellationToken cancellationToken)
    {
        if (work.Count == 0)
        {
            return;
        }

        var (traced, spans) = WorkTelemetry.Dispatching(work, time.GetUtcNow());
        try
        {
            await documents.UpsertManyAsync(traced, cancellationToken);
            await queue.SendAsync([.. traced.Select(entry => new WorkItem(entry.Queue, MessageId(entry), entry.Message))], cancellationToken);
        }
        catch (Exception exception)
        {
            foreach (var span in spans)
            {
                ServiceTelemetry.Fail(span, exception);
            }

            throw;
        }
        finally
        {
            while (spans.TryPop(out var span))
            {
                span.Dispose();
            }
        }
    }

    /// <summary>Sends a message again, to be delivered later: what a worker does when it can tell when there will be something to do.</summary>
    public async Task SendLaterAsync(string queueName, WorkMessage message, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        var later = message with { Attempt = message.Attempt + 1, SentAt = notBefore };
        var entry = Waiting(queueName, message.WaitingId ?? message.Id, later);
        await queue.SendAsync([new WorkItem(queueName, MessageId(entry), later, notBefore)], cancellationToken);
    }

    /// <summary>An entry of the waiting index for work that is about to be sent.</summary>
    public WaitingDocument Waiting(string queueName, string id, WorkMessage message) =>
        new() { Id = id, Queue = queueName, Message = message with { WaitingId = id }, DueAt = time.GetUtcNow() + Patience };

    /// <summary>The same work has the same message id: queue, entry, revision, continuation and attempt.</summary>
    internal static string MessageId(WaitingDocument entry) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{entry.Queue}\n{entry.Id}\n{entry.Message.Revision}\n{entry.Message.After}\n{entry.Message.Attempt}")));
}
