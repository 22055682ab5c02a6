using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Live;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Delivers a post to followers of its author: one batched read, one batched write.</summary>
public sealed class FeedDelivery(IDocumentStore documents, ILiveChannel live, TimeProvider time, IOptions<FeedOptions> options)
{
    /// <summary>Writes the post's entry for each reader who is active.</summary>
    /// <param name="post">A visible post.</param>
    /// <param name="readers">Profile ids; its author may be among them.</param>
    /// <param name="cancellationToken">Stops the work; repeating it writes the same entries.</param>
    public async Task DeliverAsync(PostDocument post, IReadOnlyList<string> readers, CancellationToken cancellationToken)
    {
        var loaded = await documents.ReadManyAsync([.. readers.Select(reader => DocumentKey.Of<FeedHead>(reader, FeedHead.HeadId))], cancellationToken);
        var now = time.GetUtcNow();
        var entries = readers
            .Where(reader => options.Value.IsActive(loaded.Get<FeedHead>(reader, FeedHead.HeadId), now))
            .Select(reader => FeedEntry.Of(reader, post))
            .ToList();
        if (entries.Count > 0)
        {
            await documents.UpsertManyAsync(entries, cancellationToken);
            FeedMetrics.Posts(entries.Count);
            await live.TellAsync(entries.Select(entry => entry.OwnerId), LiveTopics.Feed, cancellationToken);
        }
    }
}
