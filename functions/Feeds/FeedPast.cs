using System.Collections.Concurrent;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Fills a feed with posts of those its owner follows from before they were delivered, newest first, merged by time: when the feed is made ready, and whenever the
/// owner has read down to where it is whole. A step costs a query for each of at most <see cref="MostFollowees"/> people, and some more for those who write most, and
/// brings up to <see cref="MostEntries"/> posts, 25 pages of them; what it writes stays as long as what is delivered.
/// </summary>
public sealed class FeedPast(IDocumentStore documents, RecentDocuments recent, AuthorPosts posts, TimeProvider time)
{
    /// <summary>People whose past is fetched: what a step may cost is bounded.</summary>
    public const int MostFollowees = 500;

    private const int MostEntries = 500;
    private const int MostRounds = 20;
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
        var found = new ConcurrentBag<PostDocument>();
        var cursors = new ConcurrentDictionary<string, string>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        IReadOnlyCollection<string> asked = [.. followees.Take(MostFollowees).Append(ownerId)];
        for (var round = 0; round < MostRounds && asked.Count > 0; round++)
        {
            await Parallel.ForEachAsync(asked, parallel, async (id, token) =>
            {
                var (page, down) = await posts.PageAsync(id, cursors.TryGetValue(id, out var reached) ? reached : floor, token);
                foreach (var post in page)
                {
                    found.Add(post);
                }

                if (down is null)
                {
                    cursors.TryRemove(id, out _);
                }
                else
                {
                    cursors[id] = down;
                }
            });

            // Below the highest of where the pages end posts may be missing: those who write most are asked again, or one of them would end the step for all.
            var above = Highest(cursors.Values);
            asked = found.Count(post => string.CompareOrdinal(post.Id, above) >= 0) >= MostEntries
                ? [] : [.. cursors.OrderByDescending(cursor => cursor.Value, StringComparer.Ordinal).Take(SideBySide).Select(cursor => cursor.Key)];
        }

        var newest = found.OrderByDescending(post => post.Id, StringComparer.Ordinal).Take(MostEntries).ToList();
        var whole = Highest(found.Count > MostEntries ? cursors.Values.Append(newest[^1].Id) : cursors.Values);
        if (newest.Count > 0)
        {
            await documents.UpsertManyAsync([.. newest.Select(post => FeedEntry.Of(ownerId, post))], cancellationToken);
        }

        return whole;
    }

    private static string Highest(IEnumerable<string> ids) => ids.Append(string.Empty).Max(StringComparer.Ordinal)!;

    /// <summary>Whom somebody follows and does not mute, whom they followed last first. The past of the first <see cref="MostFollowees"/> is fetched.</summary>
    public async Task<IReadOnlyList<string>> FolloweesAsync(string ownerId, CancellationToken cancellationToken)
    {
        var followees = new List<(string Id, string? FollowId)>();
        await foreach (var relation in documents.QueryAllAsync<RelationDocument>(new DocumentQuery(ownerId, 1_000), cancellationToken))
        {
            if (relation is { Following: true, Blocked: false, Muting: false })
            {
                followees.Add((relation.Id, relation.FollowId));
            }
        }

        return [.. followees.OrderByDescending(followee => followee.FollowId, StringComparer.Ordinal).Select(followee => followee.Id)];
    }
}
