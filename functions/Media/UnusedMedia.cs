using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Media;

/// <summary>Looks after pictures that nothing shows, so that none is kept for ever and none is lost while somebody is about to use it.</summary>
public sealed class UnusedMedia(IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long an upload may wait to be used.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>
    /// Between giving a picture up, from when on nothing can use it any more, and removing its bytes: longer than any request that saw it
    /// free can take.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>How often avatars and pictures in drafts are looked at: neither profiles nor drafts tell when they change a picture.</summary>
    public static readonly TimeSpan LooseInterval = TimeSpan.FromDays(30);

    /// <summary>Notes that somebody must look at a picture. The same note twice is one.</summary>
    public ValueTask WatchAsync(MediaDocument media, DateTimeOffset due, CancellationToken cancellationToken) =>
        documents.UpsertManyAsync([UnusedMediaDocument.Of(media, due)], cancellationToken);

    /// <summary>The keys of the notes about a picture: the one of its upload, and the one its document knows of.</summary>
    public static IEnumerable<DocumentKey> NotesOf(MediaDocument media) =>
        new DateTimeOffset?[] { media.CreatedAt + Patience, media.WatchedUntil }.OfType<DateTimeOffset>()
            .Select(due => UnusedMediaDocument.Of(media, due))
            .Select(note => DocumentKey.Of<UnusedMediaDocument>(note.Bucket, note.Id));

    /// <summary>Gives a picture up, unless something has begun to use it since it was read.</summary>
    /// <param name="seen">The picture as it was read.</param>
    /// <param name="due">When somebody was asked to look after it again.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether it is given up.</returns>
    public async ValueTask<bool> DiscardAsync(MediaDocument seen, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var written = await documents.UpdateAsync<MediaDocument>(
            seen.OwnerId,
            seen.Id,
            media => media.PostId == seen.PostId && media.DiscardedAt is null ? media with { DiscardedAt = now, WatchedUntil = due } : null,
            cancellationToken);
        return written is null or { DiscardedAt: not null };
    }
}
