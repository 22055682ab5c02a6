using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts;

/// <summary>Takes a person out of others' posts that answer, quote or mention them, and their posts out of others' bookmarks.</summary>
public sealed class EraseReferences(IDocumentStore documents, PostForgetting forgetting) : IErasureStep
{
    private const int PageSize = 50;

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        if (!person.IsFinal)
        {
            return new(null);
        }

        var me = person.ProfileId;
        var page = await documents.QueryAsync<ReferenceDocument>(new DocumentQuery(me, PageSize).After(after), cancellationToken);
        foreach (var note in page.Items)
        {
            if (note.Id.StartsWith(PostReferences.Post, StringComparison.Ordinal))
            {
                await forgetting.ForgetAsync(note.Id[PostReferences.Post.Length..], me, cancellationToken);
            }
            else if (note.Id.StartsWith(PostReferences.Bookmark, StringComparison.Ordinal) && note.Id[PostReferences.Bookmark.Length..].Split(':') is [var actor, var post])
            {
                await documents.DeleteAsync<ReactionDocument>(actor, ReactionDocument.IdOf(ReactionKind.Bookmark, post), cancellationToken);
            }
        }

        return new(page.Next);
    }
}
