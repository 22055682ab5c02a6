using System.Diagnostics;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Distributes a visible post: to the feeds of its author's followers, by itself or by one message per follower bucket; or, above
/// <see cref="FeedOptions.PushLimit"/>, not at all, because then readers fetch the author's posts.
/// </summary>
public sealed class FanOutPost(IDocumentStore documents, Worker worker, FollowerBuckets buckets, FeedDelivery delivery, TimeProvider time, IOptions<FeedOptions> options)
{
    /// <summary>Takes a message about a post that is not distributed.</summary>
    [Function(nameof(FanOutPost))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(PostPipeline.FanOutQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<PostPipeline, PostDocument>(
            PostPipeline.FanOutQueue, message, post => DistributeAsync(post, cancellationToken), cancellationToken);

    private async Task DistributeAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var author = await AuthorAsync(post, cancellationToken);
        if (author is { Pulled: false })
        {
            await buckets.SpreadAsync(
                author.Id, post, FanOutPostBucket.Queue, readers => delivery.DeliverAsync(post, readers, cancellationToken), cancellationToken);
        }
        else if (author?.PulledFrom == post.Id)
        {
            var message = new WorkMessage(author.Id, author.Id, author.Revision) { TraceParent = Activity.Current?.Id ?? post.TraceParent };
            await buckets.SplitAsync(AnnouncePulledAuthor.Queue, message, post.WorkSince, cancellationToken);
        }

        var repeated = false;
        await documents.UpdateAsync<PostDocument>(
            post.AuthorId,
            post.Id,
            found =>
            {
                repeated = found.Distributed;
                return found with { Distributed = true };
            },
            cancellationToken);
        if (!repeated)
        {
            FeedMetrics.Distributed(time.GetUtcNow() - post.WorkSince);
        }
    }

    /// <summary>
    /// The author, from now on fetched from if followers have become too many. That is decided before they are told: who follows
    /// meanwhile learns it from the profile.
    /// </summary>
    private async ValueTask<ProfileDocument?> AuthorAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var author = await documents.FindAsync<ProfileDocument>(post.AuthorId, post.AuthorId, cancellationToken);
        return author is { Pulled: false } && await buckets.CountAsync(author.Id, cancellationToken) > options.Value.PushLimit
            ? await documents.UpdateAsync<ProfileDocument>(
                author.Id, author.Id, found => found.Pulled ? found : found with { Pulled = true, PulledFrom = post.Id }, cancellationToken)
            : author;
    }
}
