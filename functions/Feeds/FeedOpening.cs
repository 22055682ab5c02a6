using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;
using ServerlessSocial.Tags;

namespace ServerlessSocial.Feeds;

/// <summary>
/// What happens before a feed is read: it is made ready for a reader who is new or was away, and filled up with what is not delivered.
/// For a reader who was here lately this is one point read, or none within seconds.
/// </summary>
public sealed class FeedOpening(
    IDocumentStore documents, RecentDocuments recent, FeedPast past, FeedFiller filler, FeedPull pull, TagFeed tags, TimeProvider time, IOptions<FeedOptions> options)
{
    private const int SideBySide = 8;
    private static readonly TimeSpan ReadAtPrecision = TimeSpan.FromHours(1);

    /// <summary>Makes a feed ready to be read from its top.</summary>
    /// <returns>The top of the feed: down to where it is whole, and which tags bring posts into it.</returns>
    public async ValueTask<FeedPosition> OpenAsync(string ownerId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var seen = await recent.FindAsync<FeedHead>(ownerId, FeedHead.HeadId, cancellationToken);
        var head = seen;
        if (head is null || head.ReadAt <= now - ReadAtPrecision)
        {
            // Written before anything is looked up: from now on whatever is posted is delivered, so that nothing falls in between.
            head = (await documents.SetAsync<FeedHead>(ownerId, FeedHead.HeadId, found => Opened(found, ownerId, now), cancellationToken))!;
        }

        if (!head.IsReady(now))
        {
            head = await RebuildAsync(head, cancellationToken);
        }

        if (head.Pulled.Count > 0 && head.PulledAt <= now.AddSeconds(-options.Value.PullSeconds))
        {
            head = await pull.PullAsync(head, cancellationToken);
        }

        if (!ReferenceEquals(head, seen))
        {
            recent.Note(head, now);
        }

        return new(null, head.Floor ?? string.Empty) { Tags = head.Tags };
    }

    private FeedHead Opened(FeedHead? found, string ownerId, DateTimeOffset now) =>
        found is not null && options.Value.IsActive(found, now)
            ? (found.ReadAt <= now - ReadAtPrecision ? found with { ReadAt = now } : found)
            : new FeedHead { Id = FeedHead.HeadId, OwnerId = ownerId, ReadAt = now };

    /// <summary>Fills the feed with the newest posts and boosts of those its owner follows. Repeated until the head says that it is done.</summary>
    private async Task<FeedHead> RebuildAsync(FeedHead head, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var followees = await past.FolloweesAsync(head.OwnerId, cancellationToken);
        var pulled = await PulledAsync(followees, cancellationToken);
        var floor = await past.FillAsync(head.OwnerId, followees, floor: null, cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(followees.Take(FeedPast.MostFollowees), parallel, async (id, token) => await filler.AddBoostsAsync(head.OwnerId, id, token));
        var built = await documents.UpdateAsync<FeedHead>(
            head.OwnerId,
            FeedHead.HeadId,
            present => pulled.Aggregate(present, (with, id) => with.WithPulled(id)) with { Built = true, BuiltAt = began, Floor = floor },
            cancellationToken);
        await tags.NoteAsync(head.OwnerId, cancellationToken);
        return await documents.FindAsync<FeedHead>(head.OwnerId, FeedHead.HeadId, cancellationToken) ?? built ?? head;
    }

    /// <summary>Those among all the followed, however many, whose posts are not delivered: what is not noted now would stay away.</summary>
    private async Task<List<string>> PulledAsync(IReadOnlyList<string> followees, CancellationToken cancellationToken)
    {
        var pulled = new List<string>();
        foreach (var some in followees.Chunk(FeedPast.MostFollowees))
        {
            var profiles = await documents.ReadManyAsync([.. some.Select(id => DocumentKey.Of<ProfileDocument>(id, id))], cancellationToken);
            pulled.AddRange(some.Where(id => profiles.Get<ProfileDocument>(id, id) is { Pulled: true }));
        }

        return pulled;
    }
}
