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

    /// <summary>How often avatars are looked at: a profile does not tell when it changes its avatar.</summary>
    public static readonly TimeSpan AvatarInterval = TimeSpan.FromDays(30);

    /// <summary>Notes that somebody must look at a picture. The same note twice is one.</summary>
    public ValueTask WatchAsync(MediaDocument media, DateTimeOffset due, CancellationToken cancellationToken) =>
        documents.UpsertManyAsync([UnusedMediaDocument.Of(media, due)], cancellationToken);

    /// <summary>Gives a picture up, unless something has begun to use it since it was read.</summary>
    /// <returns>Whether it is given up.</returns>
    public async ValueTask<bool> DiscardAsync(MediaDocument seen, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var written = await documents.UpdateAsync<MediaDocument>(
            seen.OwnerId,
            seen.Id,
            media => media.PostId == seen.PostId && media.DiscardedAt is null ? media with { DiscardedAt = now } : null,
            cancellationToken);
        return written is null or { DiscardedAt: not null };
    }
}
