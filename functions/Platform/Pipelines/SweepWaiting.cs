using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>
/// Sends work again that has waited too long: its message was dropped, given up on or never sent. Runs when <see cref="WakeUps"/> say that
/// something may be due, and asks for the next time itself while anything waits; when nothing does, nothing runs.
/// </summary>
public sealed partial class SweepWaiting(
    IDocumentStore documents,
    Dispatcher dispatcher,
    WaitingIndex waiting,
    Retries retries,
    IWorkQueue queue,
    IEnumerable<QueueDefinition> queues,
    TimeProvider time,
    ILogger<SweepWaiting> log)
{
    /// <summary>Name of the queue; a message is about one partition of the index, or about all.</summary>
    public const string Queue = "waiting-sweeps";

    /// <summary>The partition key of a message about the whole index; its part is the number of shards, where that differs from the setting.</summary>
    public const string Everything = "*";

    private const int PageSize = 100;
    private const int PagesPerMessage = 10;
    private const int SideBySide = 8;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Declares the queue: it remembers wake-ups for longer than work ever waits.</summary>
    public static QueueDefinition Definition { get; } = new(Queue) { DuplicateDetectionWindow = TimeSpan.FromHours(2) };

    /// <summary>Takes a wake-up.</summary>
    [Function(nameof(SweepWaiting))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        retries.RunAsync(Queue, message, () => SweepAsync(message, cancellationToken), cancellationToken);

    private async Task SweepAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        string[] partitions = message.PartitionKey == Everything
            ? [.. queues.Where(definition => definition.Name != Queue).SelectMany(definition => WaitingIndex.Partitions(definition.Name, message.Part ?? waiting.Shards))]
            : [message.PartitionKey];
        await Parallel.ForEachAsync(
            partitions,
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            async (partition, token) => await SweepAsync(partition, message, token));
    }

    /// <summary>Looks through one partition; what is too much for one message goes on with the next.</summary>
    private async Task SweepAsync(string partition, WorkMessage message, CancellationToken cancellationToken)
    {
        var after = message.After;
        DateTimeOffset? next = null;
        for (var page = 0; page < PagesPerMessage; page++)
        {
            var found = await documents.QueryAsync<WaitingDocument>(new DocumentQuery(partition, PageSize).After(after), cancellationToken);
            var now = time.GetUtcNow();
            await SendAgainAsync(partition, [.. found.Items.Where(entry => entry.DueAt <= now)], now, cancellationToken);
            foreach (var entry in found.Items.Where(entry => entry.DueAt > now && (next is null || entry.DueAt < next)))
            {
                next = entry.DueAt;
            }

            after = found.Next;
            if (after is null)
            {
                break;
            }
        }

        if (after is not null)
        {
            var rest = message.Untried() with { PartitionKey = partition, After = after };
            await queue.SendAsync([new WorkItem(Queue, Dispatcher.MessageId(Queue, rest), rest)], cancellationToken);
        }

        if (next is { } due)
        {
            await dispatcher.WakeAsync(due, cancellationToken);
        }
    }

    private async Task SendAgainAsync(string partition, IReadOnlyList<WaitingDocument> overdue, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (overdue.Count == 0)
        {
            return;
        }

        var again = overdue.Select(entry => Again(entry, now) with { Partition = waiting.PartitionOf(entry.Queue, entry.Id) }).ToList();
        await dispatcher.SendAsync(again, cancellationToken);

        // From before the number of shards was changed: their new places are written by now.
        var misplaced = again.Where(entry => entry.Partition != partition).Select(entry => DocumentKey.Of<WaitingDocument>(partition, entry.Id)).ToList();
        if (misplaced.Count > 0)
        {
            await documents.DeleteManyAsync(misplaced, cancellationToken);
        }

        SentAgain(log, partition, again.Count);
    }

    /// <summary>The next attempt: a message id that duplicate detection has not seen, and a longer pause after it.</summary>
    internal static WaitingDocument Again(WaitingDocument entry, DateTimeOffset now)
    {
        var attempt = entry.Message.Attempt + 1;
        var pause = Dispatcher.Patience * Math.Pow(2, Math.Min(attempt, 10));
        return entry with
        {
            Message = entry.Message with { Attempt = attempt },
            DueAt = now + (pause < LongestPause ? pause : LongestPause),
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: {Count} overdue pieces of work were sent again.")]
    private static partial void SentAgain(ILogger log, string queue, int count);
}
