using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Drafts;

/// <summary>Finds, shows and keeps drafts.</summary>
public sealed class DraftStore(IDocumentStore documents, DraftPictures pictures, TimeProvider time)
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
        List<DocumentKey> posts = [.. drafts.Where(draft => draft.PostedAs is not null).Select(draft => DocumentKey.Of<PostDocument>(draft.OwnerId, draft.PostedAs!))];
        var posted = posts.Count == 0 ? new DocumentSet() : await documents.ReadManyAsync(posts, cancellationToken);
        var shown = await pictures.ShapeAsync([.. drafts.Select(draft => (draft.OwnerId, draft.Content))], cancellationToken);
        return [.. drafts.Select((draft, i) => draft.PostedAs is { } id && posted.Get<PostDocument>(draft.OwnerId, id) is not null ? null : Draft.Of(draft, shown[i]))];
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

        return await pictures.KeepAsync(post.AuthorId, id, draft.Content.MediaIds, post.Id, cancellationToken) is { } notKept ? notKept : draft;
    }

    /// <summary>Deletes a draft; its pictures go with it, in a day, unless something else uses them by then.</summary>
    public async ValueTask DeleteAsync(DraftDocument draft, CancellationToken cancellationToken)
    {
        await pictures.LetGoAsync(draft.OwnerId, draft.Content.MediaIds, cancellationToken);
        await documents.DeleteAsync<DraftDocument>(draft.OwnerId, draft.Id, cancellationToken);
    }

    private async ValueTask<bool> IsPostedAsync(DraftDocument draft, CancellationToken cancellationToken) =>
        draft.PostedAs is { } id && await documents.FindAsync<PostDocument>(draft.OwnerId, id, cancellationToken) is not null;
}
