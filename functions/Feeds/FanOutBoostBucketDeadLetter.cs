using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Feeds;

/// <summary>Tells that a boost could not be carried to a bucket of followers.</summary>
public sealed class FanOutBoostBucketDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(FanOutBoostBucketDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(BoostFanOut.BucketQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(BoostFanOut.BucketQueue, message);
}
