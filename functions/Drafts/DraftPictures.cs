using ServerlessSocial.Drafts.Scheduling;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Drafts;

/// <summary>Keeps pictures for drafts and scheduled posts, so that they are still there when they are to be posted.</summary>
public sealed class DraftPictures(IDocumentStore documents, UnusedMedia unused, TimeProvider time)
{
    /// <summary>
    /// Keeps pictures for a draft or a scheduled post. It does so before that is written: a picture that is kept for nothing is looked after by
    /// <see cref="UnusedMedia"/>.
    /// </summary>
    /// <param name="ownerId">Whose.</param>
    /// <param name="draftId">The draft or scheduled post.</param>
    /// <param name="mediaIds">The pictures.</param>
    /// <param name="postId">Post that may hold them, because it is about to be deleted; null for none.</param>
    /// <param name="cancellationToken">Stops it; it may be repeated.</param>
    /// <returns>The error to answer with, or null.</returns>
    public async ValueTask<Error?> KeepAsync(string ownerId, string draftId, IReadOnlyList<string> mediaIds, string? postId, CancellationToken cancellationToken)
    {
        foreach (var id in mediaIds)
        {
            var media = await documents.FindAsync<MediaDocument>(ownerId, id, cancellationToken);
            if (media is not { DiscardedAt: null })
            {
                return new InvalidFields("media", "There is no such picture of yours.");
            }

            if (media.PostId is not null && media.PostId != postId)
            {
                return new InvalidFields("media", "A picture is in a post already.");
            }

            if (media.DraftId == draftId)
            {
                continue;
            }

            if (await documents.IsInDraftAsync(media, cancellationToken))
            {
                return new InvalidFields("media", "A picture is in another draft already, or in a scheduled post.");
            }

            // First the note to look after it, as for whatever uses a picture.
            await unused.WatchAsync(media, time.GetUtcNow() + UnusedMedia.Patience, cancellationToken);
            var kept = await documents.UpdateAsync<MediaDocument>(
                ownerId, id, now => now.DiscardedAt is not null || now.DraftId != media.DraftId || now.PostId != media.PostId ? null : now with { DraftId = draftId }, cancellationToken);
            if (kept?.DraftId != draftId)
            {
                return new InvalidFields("media", "There is no such picture of yours.");
            }
        }

        return null;
    }

    /// <summary>Lets go of pictures that nothing is to hold any more: they go in a day, unless something else uses them by then.</summary>
    public async ValueTask LetGoAsync(string ownerId, IReadOnlyList<string> mediaIds, CancellationToken cancellationToken)
    {
        foreach (var id in mediaIds)
        {
            if (await documents.FindAsync<MediaDocument>(ownerId, id, cancellationToken) is { PostId: null } media)
            {
                await unused.WatchAsync(media, time.GetUtcNow() + UnusedMedia.Patience, cancellationToken);
            }
        }
    }

    /// <summary>Shows the pictures of each of several contents, as far as they are still there.</summary>
    public async ValueTask<IReadOnlyList<IReadOnlyList<Posts.Media>>> ShapeAsync(IReadOnlyList<(string OwnerId, DraftContent Content)> contents, CancellationToken cancellationToken)
    {
        var keys = contents.SelectMany(one => one.Content.MediaIds.Select(id => DocumentKey.Of<MediaDocument>(one.OwnerId, id))).ToHashSet();
        var loaded = keys.Count == 0 ? new DocumentSet() : await documents.ReadManyAsync(keys, cancellationToken);
        return [.. contents.Select(one => (IReadOnlyList<Posts.Media>)[.. one.Content.MediaIds
            .Select(id => loaded.Get<MediaDocument>(one.OwnerId, id))
            .Where(media => media is { DiscardedAt: null })
            .Select(media => MediaPresenter.Shape(media!))])];
    }
}

/// <summary>Tells whether pictures are kept for something that is still to be posted.</summary>
public static class DraftPictureExtensions
{
    /// <summary>Whether a draft or scheduled post of its owner's holds the picture.</summary>
    public static async ValueTask<bool> IsInDraftAsync(this IDocumentStore documents, MediaDocument media, CancellationToken cancellationToken)
    {
        if (media.DraftId is not { } id)
        {
            return false;
        }

        var loaded = await documents.ReadManyAsync(
            [DocumentKey.Of<DraftDocument>(media.OwnerId, id), DocumentKey.Of<ScheduledPostDocument>(media.OwnerId, id)], cancellationToken);
        var content = loaded.Get<DraftDocument>(media.OwnerId, id)?.Content ?? loaded.Get<ScheduledPostDocument>(media.OwnerId, id)?.Content;
        return content?.MediaIds.Contains(media.Id) == true;
    }
}
