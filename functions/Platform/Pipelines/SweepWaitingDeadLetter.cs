using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Tells that a sweep of the waiting index did not come to an end, and asks for another one: what waits must not be forgotten.</summary>
public sealed class SweepWaitingDeadLetter(DeadLetters deadLetters, Dispatcher dispatcher, IOptions<RetryOptions> options, TimeProvider time)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(SweepWaitingDeadLetter))]
    [Access(Access.System)]
    public async Task RunAsync([ServiceBusTrigger(SweepWaiting.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken)
    {
        await dispatcher.WakeAsync(time.GetUtcNow() + options.Value.LongestPause, cancellationToken);
        await deadLetters.ReportAsync(SweepWaiting.Queue, message);
    }
}
