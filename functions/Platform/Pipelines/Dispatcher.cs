using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Turns changed documents into messages: what change-feed functions do, and all they do.</summary>
public sealed class Dispatcher(IDocumentStore documents, IWorkQueue queue, WaitingIndex index, WakeUps wakeUps, TimeProvider time)
{
    /// <summary>How long work may wait before it is sent again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Sends the work that the changed documents need, and strikes from the waiting index what is at rest.</summary>
    /// <param name="changed">Documents from a change feed.</param>
    /// <param name="queues">Every queue the pipeline can name: those a document does not need are not waiting any more.</param>
    /// <param name="cancellationToken">Stops the dispatch; the change feed repeats it.</param>
    /// <param name="notBefore">Of a queue and a document: when the work may begin; null, or left out, at once.</param>
    /// <param name="nameless">See <see cref="SendAsync"/>.</param>
    /// <param name="mayWait">Of a queue and a document that does not need it: whether something of it can be waiting there; left out, always. It saves a look for each write.</param>
    public async Task DispatchAsync<TPipeline, TDocument>(
        IReadOnlyList<TDocument> changed,
        IReadOnlyList<string> queues,
        CancellationToken cancellationToken,
        Func<string, TDocument, DateTimeOffset?>? notBefore = null,
        bool nameless = false,
        Func<string, TDocument, bool>? mayWait = null)
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
                    var entry = Waiting(name, id, new(document.PartitionKey, document.Id, document.Revision, id) { TraceParent = document.TraceParent });
                    waiting.Add(notBefore?.Invoke(name, document) is { } moment ? entry with { NotBefore = moment, DueAt = moment + Patience } : entry);
                }
                else if (document.Revision > 1 && mayWait?.Invoke(name, document) != false)
                {
                    // One that was just created has never needed anything else, so nothing of it can be waiting there.
                    done.Add(index.KeyOf(name, id));
                }
            }
        }

        await SendAsync(waiting, cancellationToken, nameless: nameless);
        if (done.Count > 0)
        {
            await documents.DeleteManyAsync(done, cancellationToken);
        }
    }

    /// <summary>Notes work in the waiting index and sends it: first the note, so that a crash in between is found by the sweep, whose wake-up goes with it.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops; whoever sends tries again.</param>
    /// <param name="notBefore">When it is to be delivered; at once if null.</param>
    /// <param name="nameless">
    /// Whether the messages tell no more than which entry they are about, for <see cref="Worker.RunNotedAsync"/>: those that lie in the queue for
    /// long cannot be taken back, and must not name anybody whose account may be deleted meanwhile.
    /// </param>
    public async Task SendAsync(
        IReadOnlyCollection<WaitingDocument> work, CancellationToken cancellationToken, DateTimeOffset? notBefore = null, bool nameless = false)
    {
        if (work.Count == 0)
        {
            return;
        }

        var (traced, spans) = WorkTelemetry.Dispatching(work, notBefore ?? time.GetUtcNow());
        var asked = wakeUps.For(traced.Select(entry => entry.DueAt));
        try
        {
            await documents.UpsertManyAsync(traced, cancellationToken);
            await queue.SendAsync(
                [
                    .. traced.Select(entry => new WorkItem(
                        entry.Queue,
                        MessageId(entry.Queue, entry.Message),
                        nameless ? entry.Message with { PartitionKey = entry.Queue, Id = entry.Id } : entry.Message,
                        entry.NotBefore ?? notBefore)),
                    .. asked,
                ],
                cancellationToken);
            wakeUps.Asked(asked);
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
        await queue.SendAsync([new WorkItem(queueName, MessageId(queueName, later), later, notBefore)], cancellationToken);
    }

    /// <summary>Has the sweep run when work falls due.</summary>
    public async Task WakeAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        var asked = wakeUps.For([due]);
        if (asked.Count > 0)
        {
            await queue.SendAsync(asked, cancellationToken);
            wakeUps.Asked(asked);
        }
    }

    /// <summary>Strikes work off the waiting index.</summary>
    public Task StrikeAsync(string queueName, string waitingId, CancellationToken cancellationToken) => index.StrikeAsync(queueName, waitingId, cancellationToken);

    /// <summary>
    /// Where the work of a document's steps is noted: whoever deletes a document deletes these with it, or its messages come again and again and never
    /// find it. The change feed tells of no deletion.
    /// </summary>
    /// <param name="queues">Every queue of the document's pipeline.</param>
    /// <param name="partitionKey">The document's partition.</param>
    /// <param name="id">Its id.</param>
    public IEnumerable<DocumentKey> NotesOf(IReadOnlyList<string> queues, string partitionKey, string id) =>
        queues.Select(name => index.KeyOf(name, WaitingDocument.IdOf(partitionKey, id)));

    /// <summary>An entry of the waiting index for work that is about to be sent.</summary>
    public WaitingDocument Waiting(string queueName, string id, WorkMessage message) => index.Entry(queueName, id, message);

    /// <summary>The same work has the same message id: queue, entry, revision, continuation, attempt and failures.</summary>
    internal static string MessageId(string queueName, WorkMessage message) => Convert.ToHexStringLower(HashOf(queueName, message));

    /// <summary>A number from 0 to 1 that is a message's own.</summary>
    internal static double ChanceOf(string queueName, WorkMessage message) =>
        BinaryPrimitives.ReadUInt32BigEndian(HashOf(queueName, message)) / (double)uint.MaxValue;

    private static byte[] HashOf(string queueName, WorkMessage message) => SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{queueName}\n{message.WaitingId ?? $"{message.PartitionKey}:{message.Id}:{message.Part}"}\n{message.Revision}\n{message.After}\n{message.Attempt}\n{message.Failures}"));
}
