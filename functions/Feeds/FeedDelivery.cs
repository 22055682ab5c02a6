using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Delivers a post to followers of its author: one batched read, one batched write.</summary>
public sealed class FeedDelivery(IDocumentStore documents, TimeProvider time, IOptions<FeedOptions> options)
{
    /// <summary>Writes the post's entry for each reader who is active, unless a boost has seated the post there.</summary>
    /// <param name="post">A visible post.</param>
    /// <param name="readers">Profile ids.</param>
    /// <param name="cancellationToken">Stops the work; repeating it writes the same entries.</param>
    public async Task DeliverAsync(PostDocument post, IReadOnlyList<string> readers, CancellationToken cancellationToken)
    {
        // Boosts wait until a post is distributed, so seats can only exist when this is a repetition.
        var seats = await IsBoostedAsync(post.Id, cancellationToken);
        var seatId = FeedSeat.IdOf(post.Id);
        var keys = new List<DocumentKey>(seats ? readers.Count * 2 : readers.Count);
        foreach (var reader in readers)
        {
            keys.Add(DocumentKey.Of<FeedHead>(reader, FeedHead.HeadId));
            if (seats)
            {
                keys.Add(DocumentKey.Of<FeedSeat>(reader, seatId));
            }
        }

        var loaded = await documents.ReadManyAsync(keys, cancellationToken);
        var now = time.GetUtcNow();
        var entries = new List<FeedEntry>(loaded.Count);
        foreach (var reader in readers)
        {
            if (reader != post.AuthorId
                && options.Value.IsActive(loaded.Get<FeedHead>(reader, FeedHead.HeadId), now)
                && (!seats || loaded.Get<FeedSeat>(reader, seatId) is null))
            {
                entries.Add(FeedEntry.Of(reader, post));
            }
        }

        if (entries.Count > 0)
        {
            await documents.UpsertManyAsync(entries, cancellationToken);
            FeedMetrics.Posts(entries.Count);
        }
    }

    private async ValueTask<bool> IsBoostedAsync(string postId, CancellationToken cancellationToken) =>
        (await documents.FindAsync<StatsDocument>(postId, StatsDocument.CountersId, cancellationToken))?[PostPresenter.BoostsCounter] > 0;
}
