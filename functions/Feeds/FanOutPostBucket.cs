using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Distributes a post to one bucket of its author's followers.</summary>
public sealed class FanOutPostBucket(IDocumentStore documents, FollowerBuckets buckets, FeedDelivery delivery, TimeProvider time)
{
    /// <summary>Name of the queue; a message's part is the bucket.</summary>
    public const string Queue = "feed-fanout-buckets";

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Takes a message about a bucket.</summary>
    [Function(nameof(FanOutPostBucket))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        WorkTelemetry.RunAsync(Queue, message, time.GetUtcNow(), () => ServeAsync(message, cancellationToken));

    private async Task ServeAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        var post = await documents.FindAsync<PostDocument>(message.PartitionKey, message.Id, cancellationToken);
        if (post is null || post.Revision < message.Revision)
        {
            throw new StaleReadException(Queue, message.Revision, post?.Revision);
        }

        await buckets.ServeBucketAsync(
            Queue, message, post.AuthorId, post.IsVisible ? readers => delivery.DeliverAsync(post, readers, cancellationToken) : null, cancellationToken);
    }
}
