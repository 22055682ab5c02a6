using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>What dead-letter functions do with messages that workers gave up on.</summary>
public sealed partial class DeadLetters(IWorkQueue queue, IOptions<RetryOptions> options, TimeProvider time, ILogger<DeadLetters> log)
{
    /// <summary>What follows a queue's name in the name of its dead-letter queue.</summary>
    public const string Suffix = "/$deadletterqueue";

    /// <summary>Tells operators. The waiting index still holds the work and has it sent again, later and later.</summary>
    public Task ReportAsync(string queueName, WorkMessage message)
    {
        using var activity = WorkTelemetry.DeadLettered(queueName, message);
        GivenUp(log, queueName, message.PartitionKey, message.Id, message.Part, message.Revision, message.Attempt);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Ends the work otherwise. If that fails, too, the message goes back to its worker after the longest pause: a dead-letter queue
    /// delivers again at once and without end.
    /// </summary>
    /// <param name="queueName">The queue the message comes from.</param>
    /// <param name="message">The message.</param>
    /// <param name="work">What is to be done instead.</param>
    /// <param name="cancellationToken">Stops it; the dead-letter queue delivers again.</param>
    public async Task SettleAsync(string queueName, WorkMessage message, Func<Task> work, CancellationToken cancellationToken)
    {
        using var activity = WorkTelemetry.DeadLettered(queueName, message);
        try
        {
            await work();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            ServiceTelemetry.Fail(activity, exception);
            NotSettled(log, exception, queueName, message.Id);
            var notBefore = time.GetUtcNow() + options.Value.LongestPause;
            var again = message.Untried() with { Attempt = message.Attempt + 1, GivenUp = false, SentAt = notBefore };
            await queue.SendAsync([new WorkItem(queueName, Dispatcher.MessageId(queueName, again), again, notBefore)], cancellationToken);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Queue}: workers gave up on {Id} of {PartitionKey}, part {Part}, revision {Revision}, at attempt {Attempt}; it is sent again later.")]
    private static partial void GivenUp(ILogger log, string queue, string partitionKey, string id, int? part, long revision, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue}: what workers gave up on could not be ended for {Id} either; its worker tries again later.")]
    private static partial void NotSettled(ILogger log, Exception exception, string queue, string id);
}
