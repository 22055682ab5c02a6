using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>Tells the feeds of one bucket of followers that an author's posts are not delivered any more, but to be fetched.</summary>
public sealed class AnnouncePulledAuthor(IDocumentStore documents, Worker worker, FollowerBuckets buckets, TimeProvider time, IOptions<FeedOptions> options)
{
    /// <summary>Name of the queue; a message's part is the bucket.</summary>
    public const string Queue = "feed-announcements";

    private const int SideBySide = 16;

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Takes a message about a bucket.</summary>
    [Function(nameof(AnnouncePulledAuthor))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunShareAsync<ProfileDocument>(Queue, message, author => ServeAsync(message, author, cancellationToken), cancellationToken);

    private Task ServeAsync(WorkMessage message, ProfileDocument author, CancellationToken cancellationToken) => buckets.ServeBucketAsync(
        Queue, message, author.Id, author.Pulled ? readers => AnnounceAsync(author.Id, readers, cancellationToken) : null, cancellationToken);

    private async Task AnnounceAsync(string authorId, IReadOnlyList<string> readers, CancellationToken cancellationToken)
    {
        var loaded = await documents.ReadManyAsync([.. readers.Select(reader => DocumentKey.Of<FeedHead>(reader, FeedHead.HeadId))], cancellationToken);
        var now = time.GetUtcNow();

        // Who is away learns it from the profile when the feed is rebuilt.
        var active = readers.Where(reader => options.Value.IsActive(loaded.Get<FeedHead>(reader, FeedHead.HeadId), now));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(active, parallel, async (reader, token) =>
            await documents.UpdateAsync<FeedHead>(reader, FeedHead.HeadId, head => head.WithPulled(authorId), token));
    }
}
