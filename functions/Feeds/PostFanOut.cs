using System.Diagnostics;
using Microsoft.Extensions.Options;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Distributes a visible post: to the feeds of its author's followers, by itself or by one message per follower bucket; or, above
/// <see cref="FeedOptions.PushLimit"/>, not at all, because then readers fetch the author's posts. For the worker that shows posts: any
/// number of times.
/// </summary>
public sealed class PostFanOut(
    IDocumentStore documents, Followers followers, FollowerBuckets buckets, FeedDelivery delivery, TimeProvider time, IOptions<FeedOptions> options)
{
    /// <summary>Distributes a post.</summary>
    /// <param name="post">The post: visible, not known to be distributed.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    public async Task DistributeAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var (author, count) = await AuthorAsync(post, cancellationToken);
        if (author is { Pulled: false })
        {
            await buckets.SpreadAsync(
                author, count, post, FanOutPostBucket.Queue, readers => delivery.DeliverAsync(post, readers, cancellationToken), cancellationToken);
        }
        else if (author is { PulledAnnounced: false })
        {
            var message = new WorkMessage(author.Id, author.Id, author.Revision) { TraceParent = Activity.Current?.Id ?? post.TraceParent };
            await buckets.SplitAsync(author, AnnouncePulledAuthor.Queue, message, post.WorkSince, cancellationToken);

            // Not before: the post may be gone when this is repeated, and then the next one has to do it.
            await documents.UpdateAsync<ProfileDocument>(author.Id, author.Id, found => found with { PulledAnnounced = true }, cancellationToken);
        }
    }

    /// <summary>Notes how long a post took that has just been distributed, since it was written or last decided on.</summary>
    public void Distributed(PostDocument post) => FeedMetrics.Distributed(time.GetUtcNow() - post.WorkSince);

    /// <summary>
    /// The author, from now on fetched from if followers have become too many. That is decided before they are told: who follows
    /// meanwhile learns it from the profile.
    /// </summary>
    private async ValueTask<(ProfileDocument? Author, long Followers)> AuthorAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var author = await documents.FindAsync<ProfileDocument>(post.AuthorId, post.AuthorId, cancellationToken);
        if (author is not { Pulled: false })
        {
            return (author, 0);
        }

        var count = await followers.CountAsync(author.Id, cancellationToken);
        return count <= options.Value.PushLimit
            ? (author, count)
            : (await documents.UpdateAsync<ProfileDocument>(
                author.Id, author.Id, found => found with { Pulled = true }, cancellationToken), count);
    }
}
