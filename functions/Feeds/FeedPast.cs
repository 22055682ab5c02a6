using System.Collections.Concurrent;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Fills a feed with posts of those its owner follows from before they were delivered, newest first, merged by time: when the feed is made ready, and whenever the
/// owner has read down to where it is whole. A step costs a query for each of at most <see cref="MostFollowees"/> people and brings up to <see cref="MostEntries"/>
/// posts, 25 pages of them; what it writes stays as long as what is delivered.
/// </summary>
public sealed class FeedPast(IDocumentStore documents, RecentDocuments recent, AuthorPosts posts, TimeProvider time)
{
    /// <summary>People whose past is fetched: what a step may cost is bounded.</summary>
    public const int MostFollowees = 500;

    private const int MostEntries = 500;
    private const int SideBySide = 8;

    /// <summary>Fills the feed below an id, and has its head say so.</summary>
    /// <param name="ownerId">Whose feed.</param>
    /// <param name="floor">Id below which to fill it.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    /// <returns>Down to which id the feed is whole now; empty if there is nothing below.</returns>
    public async Task<string> FillAsync(string ownerId, string floor, CancellationToken cancellationToken)
    {
        var whole = await FillAsync(ownerId, await FolloweesAsync(ownerId, cancellationToken), floor, cancellationToken);
        var head = await documents.UpdateAsync<FeedHead>(ownerId, FeedHead.HeadId, found => found.Floor == floor ? found with { Floor = whole } : null, cancellationToken);
        if (head is not null)
        {
            recent.Note(head, time.GetUtcNow());
        }

        return whole;
    }

    /// <summary>Fills the feed below an id, or from the top, with posts of some people, and the owner's own; those that are there are written anew.</summary>
    public async Task<string> FillAsync(string ownerId, IReadOnlyCollection<string> followees, string? floor, CancellationToken cancellationToken)
    {
        var (found, floors) = (new ConcurrentBag<PostDocument>(), new ConcurrentBag<string>());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(followees.Append(ownerId), parallel, async (id, token) =>
        {
            var (page, down) = await posts.PageAsync(id, floor, token);
            foreach (var post in page)
            {
                found.Add(post);
            }

            if (down is not null)
            {
                floors.Add(down);
            }
        });

        // Below the highest of the lowest somebody's posts may be missing.
        var newest = found.OrderByDescending(post => post.Id, StringComparer.Ordinal).Take(MostEntries).ToList();
        var whole = floors.Append(found.Count > MostEntries ? newest[^1].Id : string.Empty).Max(StringComparer.Ordinal)!;
        if (newest.Count > 0)
        {
            await documents.UpsertManyAsync([.. newest.Select(post => FeedEntry.Of(ownerId, post))], cancellationToken);
        }

        return whole;
    }

    /// <summary>Whom somebody follows and does not mute, the first <see cref="MostFollowees"/>.</summary>
    public async Task<IReadOnlyList<string>> FolloweesAsync(string ownerId, CancellationToken cancellationToken)
    {
        var followees = new List<string>();
        await foreach (var relation in documents.QueryAllAsync<RelationDocument>(new DocumentQuery(ownerId, 1_000), cancellationToken))
        {
            if (relation is { Following: true, Blocked: false, Muting: false })
            {
                followees.Add(relation.Id);
                if (followees.Count == MostFollowees)
                {
                    break;
                }
            }
        }

        return followees;
    }
}
