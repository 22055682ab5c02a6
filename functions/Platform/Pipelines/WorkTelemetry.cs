using System.Diagnostics;
using System.Diagnostics.Metrics;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Traces and metrics of work on its way through queues: every message continues the trace of whoever caused the work.</summary>
public static class WorkTelemetry
{
    private static readonly Histogram<double> Age = ServiceTelemetry.CreateDurations(
        "serverless_social.queue.age", "Time from sending a message, or from its being due, to a worker's start on it, by queue.");

    private static readonly Counter<long> DeadLetters = ServiceTelemetry.Meter.CreateCounter<long>(
        "serverless_social.queue.dead_letters", "{message}", "Messages that ran out of deliveries, by queue.");

    /// <summary>Runs a worker's step under a span that continues the message's trace.</summary>
    /// <param name="queue">The worker's queue: the name of the span.</param>
    /// <param name="message">The message.</param>
    /// <param name="now">The present.</param>
    /// <param name="work">The step.</param>
    public static async Task RunAsync(string queue, WorkMessage message, DateTimeOffset now, Func<Task> work)
    {
        using var activity = ServiceTelemetry.Continue(queue, ActivityKind.Consumer, message.TraceParent);
        if (message.SentAt is { } sent)
        {
            Age.Record(Math.Max(0, (now - sent).TotalSeconds), new KeyValuePair<string, object?>("queue", queue));
        }

        try
        {
            await work();
        }
        catch (Exception exception)
        {
            ServiceTelemetry.Fail(activity, exception);
            throw;
        }
    }

    /// <summary>Counts a dead-lettered message and continues its trace until the result is disposed.</summary>
    /// <param name="queue">The queue it came from.</param>
    /// <param name="message">The message.</param>
    /// <returns>The span; null if nobody listens.</returns>
    public static Activity? DeadLettered(string queue, WorkMessage message)
    {
        DeadLetters.Add(1, new KeyValuePair<string, object?>("queue", queue));
        return ServiceTelemetry.Continue($"{queue} dead letter", ActivityKind.Consumer, message.TraceParent);
    }

    /// <summary>
    /// Starts one span for each trace that is among what is sent together, and hangs each message below its trace's span. Work that a
    /// worker sends on comes below that worker.
    /// </summary>
    /// <param name="work">What is about to be sent.</param>
    /// <param name="now">The present: when it is sent.</param>
    /// <returns>What to send, and the spans, which end in reverse order of their start.</returns>
    internal static (IReadOnlyCollection<WaitingDocument> Work, Stack<Activity> Spans) Dispatching(
        IReadOnlyCollection<WaitingDocument> work, DateTimeOffset now)
    {
        var spans = new Stack<Activity>();
        var parents = new Dictionary<string, string?>(StringComparer.Ordinal);
        var sent = new List<WaitingDocument>(work.Count);
        foreach (var entry in work)
        {
            var trace = entry.Message.TraceParent ?? string.Empty;
            if (!parents.TryGetValue(trace, out var parent))
            {
                var span = ServiceTelemetry.Continue("dispatch", ActivityKind.Producer, entry.Message.TraceParent);
                parents[trace] = parent = span?.Id ?? entry.Message.TraceParent;
                if (span is not null)
                {
                    spans.Push(span);
                }
            }

            sent.Add(entry with { Message = entry.Message with { TraceParent = parent, SentAt = entry.NotBefore ?? now } });
        }

        return (sent, spans);
    }
}
