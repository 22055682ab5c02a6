using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Carries a boost to one bucket of the booster's followers, or takes it back there, as the boost stands now.</summary>
public sealed class FanOutBoostBucket(IDocumentStore documents, BoostFanOut fanOut, TimeProvider time)
{
    /// <summary>Takes a message about a bucket.</summary>
    [Function(nameof(FanOutBoostBucket))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(BoostFanOut.BucketQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        WorkTelemetry.RunAsync(BoostFanOut.BucketQueue, message, time.GetUtcNow(), () => ServeAsync(message, cancellationToken));

    private async Task ServeAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        var boost = await documents.FindAsync<ReactionDocument>(message.PartitionKey, message.Id, cancellationToken);
        if (boost is null || boost.Revision < message.Revision)
        {
            throw new StaleReadException(BoostFanOut.BucketQueue, message.Revision, boost?.Revision);
        }

        await fanOut.ServeBucketAsync(message, boost, cancellationToken);
    }
}
