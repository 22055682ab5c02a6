using System.Collections.Concurrent;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>Fetches into one feed what authors with too many followers to deliver to have posted and boosted.</summary>
public sealed class FeedPull(IDocumentStore documents, RecentDocuments recent, AuthorPosts posts, FeedFiller filler, FeedSeating seating, TimeProvider time)
{
    private const int MostEntries = 500;
    private const int SideBySide = 8;

    /// <summary>Posts become visible some time after they were written: when a model, or a person, has looked at them.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>Fetches what is new since the head was fetched for last, and notes in the head that it was done.</summary>
    /// <param name="head">The feed's head.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    /// <returns>The head as it is now.</returns>
    public async Task<FeedHead> PullAsync(FeedHead head, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        DateTimeOffset? since = head.PulledAt == default ? null : head.PulledAt - Overlap;
        var loaded = await documents.ReadManyAsync(
            [.. head.Pulled.Select(id => DocumentKey.Of<RelationDocument>(head.OwnerId, id)), .. head.Pulled.Select(KeyOf)], cancellationToken);
        var followed = head.Pulled.Where(id => loaded.Get<RelationDocument>(head.OwnerId, id) is { Following: true, Blocked: false }).ToList();

        // What an author posts who is delivered again comes by itself from then on, and what was posted before is fetched a last time now.
        var delivered = followed.Where(id => loaded.Get<ProfileDocument>(id, id) is { Pulled: false }).ToList();

        var found = new ConcurrentBag<PostDocument>();
        var boosts = new ConcurrentBag<FeedEntry>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(followed, parallel, async (id, token) =>
        {
            foreach (var post in await posts.NewestAsync(id, since, mayBeRecent: true, token))
            {
                found.Add(post);
            }

            var outbox = new DocumentQuery(FeedEntry.OutboxOf(id), AuthorPosts.Newest) { From = Ids.First, To = Ids.End, Descending = true };
            foreach (var boost in (await recent.QueryAsync<FeedEntry>(outbox, token)).Items)
            {
                boosts.Add(boost);
            }
        });

        var newest = found.OrderByDescending(post => post.Id, StringComparer.Ordinal).Take(MostEntries).ToList();
        await filler.AddPostsAsync(head.OwnerId, newest, cancellationToken);
        await SeatAsync(head.OwnerId, boosts, cancellationToken);
        var pulled = await documents.UpdateAsync<FeedHead>(
            head.OwnerId, FeedHead.HeadId, present => Pulled(present, head, [.. followed.Except(delivered)], started), cancellationToken) ?? head;
        return await TakeBackAsync(pulled, delivered, cancellationToken);
    }

    private static DocumentKey KeyOf(string profileId) => DocumentKey.Of<ProfileDocument>(profileId, profileId);

    /// <summary>Who is fetched from again by now may have been announced just before the head forgot them.</summary>
    private async Task<FeedHead> TakeBackAsync(FeedHead head, List<string> delivered, CancellationToken cancellationToken)
    {
        if (delivered.Count == 0)
        {
            return head;
        }

        var now = await documents.ReadManyAsync([.. delivered.Select(KeyOf)], cancellationToken);
        foreach (var id in delivered.Where(id => now.Get<ProfileDocument>(id, id) is { Pulled: true }))
        {
            head = await documents.UpdateAsync<FeedHead>(head.OwnerId, FeedHead.HeadId, present => present.WithPulled(id), cancellationToken) ?? head;
        }

        return head;
    }

    /// <summary>The head after fetching; an author who was added meanwhile has yet to be fetched from.</summary>
    private static FeedHead Pulled(FeedHead present, FeedHead before, List<string> followed, DateTimeOffset started) =>
        present.Pulled.SequenceEqual(before.Pulled)
            ? present with { PulledAt = started, Pulled = followed.Count == present.Pulled.Count ? present.Pulled : followed }
            : present;

    private async Task SeatAsync(string ownerId, ConcurrentBag<FeedEntry> boosts, CancellationToken cancellationToken)
    {
        var loaded = boosts.IsEmpty ? new DocumentSet() : await documents.ReadManyAsync([.. boosts.Select(boost => DocumentKey.Of<FeedEntry>(ownerId, boost.Id))], cancellationToken);
        foreach (var boost in boosts.OrderBy(boost => boost.Id, StringComparer.Ordinal))
        {
            if (loaded.Get<FeedEntry>(ownerId, boost.Id) is null)
            {
                await seating.SeatAsync(boost.Id, boost.PostId, [ownerId], cancellationToken);
            }
        }
    }
}
