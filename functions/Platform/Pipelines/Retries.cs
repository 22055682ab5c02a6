using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>
/// Runs workers, and has what fails for a passing reason tried again: queues deliver a failed message again at once, so the worker
/// sends a new one for later and lets the old one go. After the last try that new message is marked as given up: it alone is thrown back
/// at the queue, without work, until it is dead-lettered. So work is tried exactly as often as it should be, and the queue's own delivery
/// count is for processes that die.
/// </summary>
public sealed partial class Retries(
    IWorkQueue queue, WaitingIndex waiting, WakeUps wakeUps, Faults faults, IOptions<RetryOptions> options, TimeProvider time, ILogger<Retries> log)
{
    /// <summary>Pauses shorter than this end before the sweep would send the work again.</summary>
    private static readonly TimeSpan WorthPostponing = Dispatcher.Patience / 4;

    /// <summary>Runs a worker under a span that continues the message's trace.</summary>
    /// <param name="queueName">The worker's queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="work">The work. Whatever it throws is a failure, unless the host is stopping.</param>
    /// <param name="cancellationToken">Stops the work; the queue delivers the message again.</param>
    /// <exception cref="GivenUpException">The message was given up: it belongs into the dead-letter queue.</exception>
    public async Task RunAsync(string queueName, WorkMessage message, Func<Task> work, CancellationToken cancellationToken)
    {
        if (message.GivenUp)
        {
            throw new GivenUpException(queueName);
        }

        try
        {
            await WorkTelemetry.RunAsync(queueName, message, time.GetUtcNow(), work);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var fault = faults.Of(exception);
            var kind = fault.Kind.ToString();
            var failed = message with { Failures = message.Failures + 1, FailedBy = kind, FailedAlike = kind == message.FailedBy ? message.FailedAlike + 1 : 1 };
            if (PauseAfter(queueName, failed, fault) is { } pause)
            {
                if (fault.Kind == FaultKind.Early)
                {
                    // It happens all the time and passes by itself: no trace of a stack among what somebody should read.
                    CameEarly(log, queueName, failed.Failures, pause, exception.Message);
                }
                else
                {
                    TriedAgain(log, exception, queueName, failed.Failures, pause);
                }

                await SendAgainAsync(queueName, failed, pause, cancellationToken);
            }
            else
            {
                GaveUp(log, exception, queueName, failed.Failures);
                var last = failed with { GivenUp = true, SentAt = time.GetUtcNow() };
                await queue.SendAsync([new WorkItem(queueName, Dispatcher.MessageId(queueName, last), last)], cancellationToken);
            }
        }
    }

    private TimeSpan? PauseAfter(string queueName, WorkMessage failed, Fault fault) => failed.Failures < RetryRules.MostTries(options.Value)
        ? RetryRules.PauseAfter(fault, failed.FailedAlike, options.Value, Dispatcher.ChanceOf(queueName, failed))
        : null;

    /// <summary>
    /// The new message's id follows from the old one: whoever dies between sending it and letting go of the old one sends it again, and
    /// the queue drops it.
    /// </summary>
    private async Task SendAgainAsync(string queueName, WorkMessage failed, TimeSpan pause, CancellationToken cancellationToken)
    {
        var notBefore = time.GetUtcNow() + pause;
        var again = failed with { SentAt = notBefore };
        var item = new WorkItem(queueName, Dispatcher.MessageId(queueName, again), again, notBefore);
        if (failed.WaitingId is not { } id || pause < WorthPostponing)
        {
            await queue.SendAsync([item], cancellationToken);
            return;
        }

        var due = notBefore + Dispatcher.Patience;
        var asked = wakeUps.For([due]);
        await queue.SendAsync([item, .. asked], cancellationToken);
        wakeUps.Asked(asked);
        try
        {
            await waiting.PostponeAsync(queueName, id, due, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The store may be what is out. Then the sweep sends the work once more, and one of the two finds nothing to do.
            NotPostponed(log, exception, queueName);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A worker of {Queue} came too early for the {Failures}. time; its message comes again in {Pause}: {Reason}")]
    private static partial void CameEarly(ILogger log, string queue, int failures, TimeSpan pause, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A worker of {Queue} failed for the {Failures}. time; its message comes again in {Pause}.")]
    private static partial void TriedAgain(ILogger log, Exception exception, string queue, int failures, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "A worker of {Queue} failed for the {Failures}. time, the last; its message goes to the dead-letter queue.")]
    private static partial void GaveUp(ILogger log, Exception exception, string queue, int failures);

    [LoggerMessage(Level = LogLevel.Information, Message = "An entry of the waiting index for {Queue} could not be postponed.")]
    private static partial void NotPostponed(ILogger log, Exception exception, string queue);
}

/// <summary>A message was given up after its last try, and is thrown back at the queue until that dead-letters it.</summary>
public sealed class GivenUpException(string queue) : Exception($"{queue}: the message was given up; its last failure is in the log.");
