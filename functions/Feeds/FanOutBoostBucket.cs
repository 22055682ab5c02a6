using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Carries a boost to one bucket of the booster's followers, or takes it back there, as the boost stands now.</summary>
public sealed class FanOutBoostBucket(Worker worker, BoostFanOut fanOut)
{
    /// <summary>Takes a message about a bucket.</summary>
    [Function(nameof(FanOutBoostBucket))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(BoostFanOut.BucketQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunShareAsync<ReactionDocument>(
            BoostFanOut.BucketQueue, message, boost => fanOut.ServeBucketAsync(message, boost, cancellationToken), cancellationToken);
}
