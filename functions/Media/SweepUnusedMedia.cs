using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Media;

/// <summary>Removes pictures that nothing shows.</summary>
public sealed partial class SweepUnusedMedia(
    IDocumentStore documents, IMediaStore store, MediaReader reader, UnusedMedia unused, TimeProvider time, ILogger<SweepUnusedMedia> log)
{
    private const int MostPerBucket = 3_000;

    /// <summary>Runs every six hours: what nothing shows is hidden already, and only its bytes wait.</summary>
    [Function(nameof(SweepUnusedMedia))]
    [Access(Access.System)]
    public async Task RunAsync([TimerTrigger("0 20 */6 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var removed = 0;
        foreach (var bucket in UnusedMediaDocument.Buckets)
        {
            var seen = 0;
            await foreach (var note in documents.QueryAllAsync<UnusedMediaDocument>(new(bucket, 100) { To = Ids.Lowest(now) }, cancellationToken))
            {
                removed += await LookAsync(note, now, cancellationToken) ? 1 : 0;
                if (++seen == MostPerBucket)
                {
                    break;
                }
            }
        }

        if (removed > 0)
        {
            Removed(log, removed);
        }
    }

    /// <summary>Looks at one picture; whatever is still to be done is noted before the present note goes. Returns whether it was removed.</summary>
    private async Task<bool> LookAsync(UnusedMediaDocument note, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ownerId = OwnedIds.OwnerOf(note.MediaId);
        var media = await documents.FindAsync<MediaDocument>(ownerId, note.MediaId, cancellationToken);
        var (used, loose) = media is null ? default : await reader.UseOfAsync(media, cancellationToken);
        // One whose case does not know yet that it was given up is looked at again.
        var remove = media is null || (!used && media.DiscardedAt is not null && MediaPipeline.Next(media).Count == 0);
        if (remove)
        {
            await store.DeletePictureAsync(note.BlobName, cancellationToken);
            await documents.DeleteAsync<MediaDocument>(ownerId, note.MediaId, cancellationToken);
        }
        else if (!used)
        {
            await unused.WatchAsync(media!, now + UnusedMedia.Grace, cancellationToken);
            await unused.DiscardAsync(media!, now + UnusedMedia.Grace, cancellationToken);
        }
        else
        {
            await KeepAsync(media!, loose, now, cancellationToken);
        }

        await documents.DeleteAsync<UnusedMediaDocument>(note.Bucket, note.Id, cancellationToken);
        return remove;
    }

    private async Task KeepAsync(MediaDocument media, bool loose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (media.DiscardedAt is not null)
        {
            // It was put to use by a request that had seen it free just before it was given up.
            await documents.UpdateAsync<MediaDocument>(media.OwnerId, media.Id, found => found with { DiscardedAt = null }, cancellationToken);
        }

        if (loose)
        {
            var due = now + UnusedMedia.LooseInterval;
            await unused.WatchAsync(media, due, cancellationToken);
            await documents.UpdateAsync<MediaDocument>(media.OwnerId, media.Id, found => found with { WatchedUntil = due }, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} pictures that nothing showed were removed.")]
    private static partial void Removed(ILogger log, int count);
}
