using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Gives a boosted post its one place in each feed. Whoever creates the seat has it, so of several boosts one shows; a post that came
/// by its author keeps its own place.
/// </summary>
public sealed class FeedSeating(IDocumentStore documents, TimeProvider time, IOptions<FeedOptions> options)
{
    private const int SideBySide = 32;

    /// <summary>Seats a boosted post with readers who are active and do not have it yet.</summary>
    /// <param name="entryId">Id of the boost's entry.</param>
    /// <param name="postId">The boosted post; its author is never given it.</param>
    /// <param name="readers">Profile ids.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    public async Task SeatAsync(string entryId, string postId, IReadOnlyList<string> readers, CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(postId, readers, cancellationToken);
        var now = time.GetUtcNow();
        var authorId = OwnedIds.OwnerOf(postId);
        var boosterId = OwnedIds.OwnerOf(entryId);
        var entries = new ConcurrentBag<FeedEntry>();
        var free = new List<string>();
        foreach (var reader in readers)
        {
            if (reader == authorId
                || !options.Value.IsActive(loaded.Get<FeedHead>(reader, FeedHead.HeadId), now)
                || loaded.Get<FeedEntry>(reader, postId) is not null)
            {
                continue;
            }

            if (loaded.Get<FeedSeat>(reader, FeedSeat.IdOf(postId)) is not { } seat)
            {
                free.Add(reader);
            }
            else if (OwnedIds.OwnerOf(seat.EntryId) == boosterId)
            {
                // Seated before by this booster, maybe without the entry that a crash kept from being written.
                entries.Add(FeedEntry.OfBoost(reader, seat.EntryId, postId));
            }
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(free, parallel, async (reader, token) =>
        {
            if ((await documents.CreateAsync(FeedSeat.Of(reader, postId, entryId), token)).NotThrottled().IsDone)
            {
                entries.Add(FeedEntry.OfBoost(reader, entryId, postId));
            }
        });
        if (!entries.IsEmpty)
        {
            await documents.UpsertManyAsync(entries, cancellationToken);
            FeedMetrics.Boosts(entries.Count);
        }
    }

    /// <summary>Takes a booster's entry for a post, whichever boost it came by, out of readers' feeds.</summary>
    /// <param name="entryId">Id of the boost's entry.</param>
    /// <param name="postId">The post.</param>
    /// <param name="readers">Profile ids.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    public async Task UnseatAsync(string entryId, string postId, IReadOnlyList<string> readers, CancellationToken cancellationToken)
    {
        var seatId = FeedSeat.IdOf(postId);
        var loaded = await documents.ReadManyAsync([.. readers.Select(reader => DocumentKey.Of<FeedSeat>(reader, seatId))], cancellationToken);
        var entries = new List<DocumentKey>();
        var seats = new List<DocumentKey>();
        foreach (var reader in readers)
        {
            if (loaded.Get<FeedSeat>(reader, seatId) is { } seat && OwnedIds.OwnerOf(seat.EntryId) == OwnedIds.OwnerOf(entryId))
            {
                entries.Add(DocumentKey.Of<FeedEntry>(reader, seat.EntryId));
                seats.Add(DocumentKey.Of<FeedSeat>(reader, seatId));
            }
        }

        // The seat tells where the entry is, so it goes last.
        await documents.DeleteManyAsync(entries, cancellationToken);
        await documents.DeleteManyAsync(seats, cancellationToken);
    }

    private async ValueTask<DocumentSet> LoadAsync(string postId, IReadOnlyList<string> readers, CancellationToken cancellationToken)
    {
        var seatId = FeedSeat.IdOf(postId);
        var keys = new List<DocumentKey>(readers.Count * 3);
        foreach (var reader in readers)
        {
            keys.Add(DocumentKey.Of<FeedHead>(reader, FeedHead.HeadId));
            keys.Add(DocumentKey.Of<FeedEntry>(reader, postId));
            keys.Add(DocumentKey.Of<FeedSeat>(reader, seatId));
        }

        return await documents.ReadManyAsync(keys, cancellationToken);
    }
}
