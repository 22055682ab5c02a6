using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Drafts;

/// <summary>Finds, shows and keeps drafts, with the pictures in them.</summary>
public sealed class DraftStore(IDocumentStore documents, UnusedMedia unused, TimeProvider time)
{
    /// <summary>Drafts that a person may have; a few more if requests come at once.</summary>
    public const int MostDrafts = 100;

    /// <summary>Finds a draft of a person's; null for none, and for one that a post was made of.</summary>
    public async ValueTask<DraftDocument?> FindAsync(string ownerId, string id, CancellationToken cancellationToken) =>
        Ids.IsId(id) && await documents.FindAsync<DraftDocument>(ownerId, id, cancellationToken) is { } draft && !await IsPostedAsync(draft, cancellationToken)
            ? draft
            : null;

    /// <summary>Whether there is room for one more.</summary>
    public async ValueTask<bool> HasRoomAsync(string ownerId, CancellationToken cancellationToken) =>
        (await documents.QueryAsync<Platform.Privacy.Bare<DraftDocument>>(new DocumentQuery(ownerId, MostDrafts), cancellationToken)).Items.Count < MostDrafts;

    /// <summary>Shows drafts, without those a post was made of.</summary>
    public async ValueTask<IReadOnlyList<Draft?>> ShapeAsync(IReadOnlyList<DraftDocument> drafts, CancellationToken cancellationToken)
    {
        List<DocumentKey> keys = [.. drafts.SelectMany(draft => draft.Content.MediaIds.Select(id => DocumentKey.Of<MediaDocument>(draft.OwnerId, id)))];
        keys.AddRange(drafts.Where(draft => draft.PostedAs is not null).Select(draft => DocumentKey.Of<PostDocument>(draft.OwnerId, draft.PostedAs!)));
        var loaded = keys.Count == 0 ? new DocumentSet() : await documents.ReadManyAsync(keys.ToHashSet(), cancellationToken);
        return [.. drafts.Select(draft => draft.PostedAs is { } id && loaded.Get<PostDocument>(draft.OwnerId, id) is not null ? null : Shape(draft, loaded))];
    }

    /// <summary>
    /// Keeps pictures for a draft. It does so before the draft is written: a picture that is kept for nothing is looked after by
    /// <see cref="UnusedMedia"/>.
    /// </summary>
    /// <param name="ownerId">Whose.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="mediaIds">The pictures.</param>
    /// <param name="postId">Post that may hold them, because it is about to be deleted; null for none.</param>
    /// <param name="cancellationToken">Stops it; it may be repeated.</param>
    /// <returns>The error to answer with, or null.</returns>
    public async ValueTask<Error?> KeepPicturesAsync(string ownerId, string draftId, IReadOnlyList<string> mediaIds, string? postId, CancellationToken cancellationToken)
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

            if (media.DraftId is { } other && await documents.FindAsync<DraftDocument>(ownerId, other, cancellationToken) is { } holder && holder.Content.MediaIds.Contains(id))
            {
                return new InvalidFields("media", "A picture is in another draft already.");
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

    /// <summary>The draft of a post that is about to be deleted to be written anew. Asked again it is the same one.</summary>
    public async ValueTask<Outcome<DraftDocument>> OfPostAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var id = post.Id[..Ids.Length];
        var draft = await documents.FindAsync<DraftDocument>(post.AuthorId, id, cancellationToken);
        if (post.DeletedAt is not null)
        {
            return draft is null ? new Missing("post") : draft;
        }

        if (draft is null)
        {
            if (!await HasRoomAsync(post.AuthorId, cancellationToken))
            {
                return new TooManyDrafts();
            }

            // First the draft: what deletes the post leaves the pictures that a draft holds.
            draft = new() { Id = id, OwnerId = post.AuthorId, Content = DraftContent.Of(post), Provenance = post.Provenance, UpdatedAt = time.GetUtcNow() };
            draft = (await documents.CreateAsync(draft, cancellationToken)).NotThrottled().Document ?? draft;
        }

        return await KeepPicturesAsync(post.AuthorId, id, draft.Content.MediaIds, post.Id, cancellationToken) is { } notKept ? notKept : draft;
    }

    /// <summary>Deletes a draft; its pictures go with it, in a day, unless something else uses them by then.</summary>
    public async ValueTask DeleteAsync(DraftDocument draft, CancellationToken cancellationToken)
    {
        foreach (var id in draft.Content.MediaIds)
        {
            if (await documents.FindAsync<MediaDocument>(draft.OwnerId, id, cancellationToken) is { PostId: null } media)
            {
                await unused.WatchAsync(media, time.GetUtcNow() + UnusedMedia.Patience, cancellationToken);
            }
        }

        await documents.DeleteAsync<DraftDocument>(draft.OwnerId, draft.Id, cancellationToken);
    }

    private async ValueTask<bool> IsPostedAsync(DraftDocument draft, CancellationToken cancellationToken) =>
        draft.PostedAs is { } id && await documents.FindAsync<PostDocument>(draft.OwnerId, id, cancellationToken) is not null;

    private static Draft Shape(DraftDocument draft, DocumentSet loaded) => Draft.Of(
        draft,
        [.. draft.Content.MediaIds
            .Select(id => loaded.Get<MediaDocument>(draft.OwnerId, id))
            .Where(media => media is { DiscardedAt: null })
            .Select(media => MediaPresenter.Shape(media!))]);
}
