using Microsoft.Extensions.Options;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>
/// What becomes of a home feed when its owner follows, unfollows, blocks or mutes. For the worker of relations: any number of times.
/// </summary>
public sealed class FeedMaintenance(IDocumentStore documents, AuthorPosts posts, FeedFiller filler, FeedSeating seating, TimeProvider time, IOptions<FeedOptions> options)
{
    private const int PageSize = 1_000;

    /// <summary>
    /// Fills a feed with the newest posts of somebody its owner has just followed (or does not mute any more). Call it after the owner
    /// was added to the follower buckets: then no post falls between this and fan-out.
    /// </summary>
    /// <param name="ownerId">Whose feed.</param>
    /// <param name="followeeId">Who is followed.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    public async Task BackfillAsync(string ownerId, string followeeId, CancellationToken cancellationToken)
    {
        var head = await documents.FindAsync<FeedHead>(ownerId, FeedHead.HeadId, cancellationToken);
        if (!options.Value.IsActive(head, time.GetUtcNow()))
        {
            // It is rebuilt from all its owner follows at the next reading.
            return;
        }

        if (await documents.FindAsync<ProfileDocument>(followeeId, followeeId, cancellationToken) is { Pulled: true })
        {
            await documents.UpdateAsync<FeedHead>(ownerId, FeedHead.HeadId, found => found.WithPulled(followeeId), cancellationToken);
            return;
        }

        var (newest, floor) = await posts.PageAsync(followeeId, before: null, cancellationToken);
        await filler.AddPostsAsync(ownerId, newest, cancellationToken);
        await filler.AddBoostsAsync(ownerId, followeeId, cancellationToken);
        if (floor is not null)
        {
            // What the followed posted before is fetched when the owner reads so far down.
            await documents.UpdateAsync<FeedHead>(ownerId, FeedHead.HeadId, found => found.WholeOnlyDownTo(floor), cancellationToken);
        }
    }

    /// <summary>
    /// Takes out of a feed what stands there on somebody's account, posts and boosts; what others boosted of theirs stays, and is shown as far as it may be. Call it
    /// when the relation says so already.
    /// </summary>
    /// <param name="ownerId">Whose feed.</param>
    /// <param name="authorId">Who is not followed any more, blocked or muted.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    public async Task RemoveAuthorAsync(string ownerId, string authorId, CancellationToken cancellationToken)
    {
        var relation = await documents.FindAsync<RelationDocument>(ownerId, authorId, cancellationToken);
        if (relation is not { Following: true, Blocked: false })
        {
            await documents.UpdateAsync<FeedHead>(ownerId, FeedHead.HeadId, found => found.WithoutPulled(authorId), cancellationToken);
        }

        var all = new DocumentQuery(ownerId, PageSize) { From = Ids.First, To = Ids.End };
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<FeedEntry>(all.After(after), cancellationToken);
            await RemoveAsync(authorId, [.. page.Items.Where(entry => entry.By == authorId)], cancellationToken);
            if ((after = page.Next) is null)
            {
                return;
            }
        }
    }

    private async Task RemoveAsync(string authorId, IReadOnlyCollection<FeedEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var boost in entries.Where(entry => entry.Reason == FeedReason.Boosted))
        {
            await seating.UnseatAsync(authorId, boost.PostId, [boost.OwnerId], cancellationToken);
        }

        // Also those that no seat knows of any more.
        await documents.DeleteManyAsync([.. entries.Select(entry => DocumentKey.Of<FeedEntry>(entry.OwnerId, entry.Id))], cancellationToken);
    }
}
