using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Live;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Brings boosted posts into feeds: an entry for each booster, where it would stand on their account, and a seat that names all of them. Reading shows the post at one
/// of these places; the others wait in case that one does not hold any more.
/// </summary>
public sealed class FeedSeating(IDocumentStore documents, ILiveChannel live, TimeProvider time, IOptions<FeedOptions> options)
{
    private const int SideBySide = 32;

    /// <summary>Brings a boosted post to readers who are active.</summary>
    /// <param name="entryId">Id of the boost's entry.</param>
    /// <param name="postId">The boosted post; its author is never given it.</param>
    /// <param name="readers">Profile ids.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    public async Task SeatAsync(string entryId, string postId, IReadOnlyList<string> readers, CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(postId, readers, cancellationToken);
        var now = time.GetUtcNow();
        var authorId = OwnedIds.OwnerOf(postId);
        var active = readers.Where(reader => reader != authorId && options.Value.IsActive(loaded.Get<FeedHead>(reader, FeedHead.HeadId), now)).ToList();
        var (entries, outdated) = (new ConcurrentBag<FeedEntry>(), new ConcurrentBag<DocumentKey>());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(active, parallel, async (reader, token) =>
        {
            var before = loaded.Get<FeedSeat>(reader, FeedSeat.IdOf(postId));
            var fresh = FeedSeat.Of(reader, postId).With(entryId);
            var seat = before is null && (await documents.CreateAsync(fresh, token)).NotThrottled().IsDone ? fresh
                : before is not null && before.Entries.Contains(entryId) ? before
                : await documents.SetAsync<FeedSeat>(reader, FeedSeat.IdOf(postId), found => (found ?? fresh).With(entryId), token);
            foreach (var earlier in (before?.Entries ?? []).Except(seat?.Entries ?? []))
            {
                outdated.Add(DocumentKey.Of<FeedEntry>(reader, earlier));
            }

            // Written also where the seat named it before: a crash may have kept it from being.
            if (seat?.Entries.Contains(entryId) == true)
            {
                entries.Add(FeedEntry.OfBoost(reader, entryId, postId));
            }
        });
        if (!entries.IsEmpty)
        {
            await documents.UpsertManyAsync(entries, cancellationToken);
            FeedMetrics.Boosts(entries.Count);
            await live.TellAsync(entries.Select(entry => entry.OwnerId), LiveTopics.Feed, cancellationToken);
        }

        if (!outdated.IsEmpty)
        {
            await documents.DeleteManyAsync([.. outdated], cancellationToken);
        }
    }

    /// <summary>Takes a booster's entry for a post, whichever boost it came by, out of readers' feeds.</summary>
    /// <param name="boosterId">The booster.</param>
    /// <param name="postId">The post.</param>
    /// <param name="readers">Profile ids.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    public async Task UnseatAsync(string boosterId, string postId, IReadOnlyList<string> readers, CancellationToken cancellationToken)
    {
        var seatId = FeedSeat.IdOf(postId);
        var loaded = await documents.ReadManyAsync([.. readers.Select(reader => DocumentKey.Of<FeedSeat>(reader, seatId))], cancellationToken);
        var seats = readers.Select(reader => loaded.Get<FeedSeat>(reader, seatId)).OfType<FeedSeat>().Where(seat => seat.Without(boosterId) != seat).ToList();

        // The seat tells where the entry is, so it goes last.
        await documents.DeleteManyAsync(
            [.. seats.SelectMany(seat => seat.Entries.Where(id => OwnedIds.OwnerOf(id) == boosterId).Select(id => DocumentKey.Of<FeedEntry>(seat.OwnerId, id)))], cancellationToken);
        await documents.DeleteManyAsync([.. seats.Where(seat => seat.Without(boosterId).Entries.Count == 0).Select(KeyOf)], cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(seats.Where(seat => seat.Without(boosterId).Entries.Count > 0), parallel, async (seat, token) =>
            await documents.UpdateReadAsync(seat, found => found.Without(boosterId), token));
    }

    private static DocumentKey KeyOf(FeedSeat seat) => DocumentKey.Of<FeedSeat>(seat.OwnerId, seat.Id);

    private async ValueTask<DocumentSet> LoadAsync(string postId, IReadOnlyList<string> readers, CancellationToken cancellationToken)
    {
        var seatId = FeedSeat.IdOf(postId);
        var keys = new List<DocumentKey>(readers.Count * 2);
        foreach (var reader in readers)
        {
            keys.Add(DocumentKey.Of<FeedHead>(reader, FeedHead.HeadId));
            keys.Add(DocumentKey.Of<FeedSeat>(reader, seatId));
        }

        return await documents.ReadManyAsync(keys, cancellationToken);
    }
}
