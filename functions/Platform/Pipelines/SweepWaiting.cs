using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Sends work again that has waited too long: its message was dropped, dead-lettered or never sent.</summary>
public sealed partial class SweepWaiting(
    IDocumentStore documents, Dispatcher dispatcher, IEnumerable<QueueDefinition> queues, TimeProvider time, ILogger<SweepWaiting> log)
{
    private const int MostPerQueue = 1_000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Runs every minute.</summary>
    [Function(nameof(SweepWaiting))]
    [Access(Access.System)]
    public async Task RunAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var queue in queues)
        {
            await SweepAsync(queue.Name, cancellationToken);
        }
    }

    internal async Task SweepAsync(string queue, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var again = new List<WaitingDocument>();
        await foreach (var entry in documents.QueryAllAsync<WaitingDocument>(new(queue, 100), cancellationToken))
        {
            if (entry.DueAt <= now)
            {
                again.Add(Again(entry, now));
            }

            if (again.Count == MostPerQueue)
            {
                break;
            }
        }

        await dispatcher.SendAsync(again, cancellationToken);
        if (again.Count > 0)
        {
            SentAgain(log, queue, again.Count);
        }
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
