using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Distributes a visible post: to the feeds of its author's followers, by itself or by one message per follower bucket; or, where
/// <see cref="FeedAudience"/> finds too many, not at all, because then readers fetch the author's posts. For the worker that shows posts: any
/// number of times.
/// </summary>
public sealed class PostFanOut(
    IDocumentStore documents, FeedAudience audience, FollowerBuckets buckets, FeedDelivery delivery, TimeProvider time)
{
    /// <summary>Distributes a post.</summary>
    /// <param name="post">The post: visible, not known to be distributed.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    public async Task DistributeAsync(PostDocument post, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<ProfileDocument>(post.AuthorId, post.AuthorId, cancellationToken) is not { } found)
        {
            return;
        }

        // One's own posts stand in one's feed, too. Beside the others': a write of its own before theirs would keep all of them waiting.
        await Task.WhenAll(delivery.DeliverAsync(post, [found.Id], cancellationToken), DistributeAsync(found, post, cancellationToken));
    }

    /// <summary>Notes how long a post took that has just been distributed, since it was written or last decided on.</summary>
    public void Distributed(PostDocument post) => FeedMetrics.Distributed(time.GetUtcNow() - post.WorkSince);

    private async Task DistributeAsync(ProfileDocument found, PostDocument post, CancellationToken cancellationToken)
    {
        // Decided before followers are told: who follows meanwhile learns it from the profile.
        var (author, count) = await audience.DecideAsync(found, post.Id, cancellationToken);
        if (!author.Pulled)
        {
            await buckets.SpreadAsync(
                author, count, post, FanOutPostBucket.Queue, readers => delivery.DeliverAsync(post, readers, cancellationToken), cancellationToken);
        }
        else if (!author.PulledAnnounced)
        {
            var message = new WorkMessage(author.Id, author.Id, author.Revision) { TraceParent = Activity.Current?.Id ?? post.TraceParent };
            await buckets.SplitAsync(author, AnnouncePulledAuthor.Queue, message, post.WorkSince, cancellationToken);

            // Not before: the post may be gone when this is repeated, and then the next one has to do it.
            await documents.UpdateAsync<ProfileDocument>(author.Id, author.Id, present => present with { PulledAnnounced = true }, cancellationToken);
        }
    }
}
