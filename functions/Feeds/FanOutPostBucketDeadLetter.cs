using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Feeds;

/// <summary>Tells that a post could not be distributed to a bucket of followers.</summary>
public sealed class FanOutPostBucketDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(FanOutPostBucketDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(FanOutPostBucket.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(FanOutPostBucket.Queue, message);
}
