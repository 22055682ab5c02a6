using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Distributes a post to one bucket of its author's followers.</summary>
public sealed class FanOutPostBucket(Worker worker, FollowerBuckets buckets, FeedDelivery delivery)
{
    /// <summary>Name of the queue; a message's part is the bucket.</summary>
    public const string Queue = "feed-fanout-buckets";

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Takes a message about a bucket.</summary>
    [Function(nameof(FanOutPostBucket))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunShareAsync<PostDocument>(Queue, message, post => ServeAsync(message, post, cancellationToken), cancellationToken);

    private Task ServeAsync(WorkMessage message, PostDocument post, CancellationToken cancellationToken) => buckets.ServeBucketAsync(
        Queue, message, post.AuthorId, post.IsVisible ? readers => delivery.DeliverAsync(post, readers, cancellationToken) : null, cancellationToken);
}
