using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts;

/// <summary>Takes a person out of others' posts that answer, quote or mention them, and their posts out of others' bookmarks.</summary>
public sealed class EraseReferences(IDocumentStore documents, PostForgetting forgetting) : IErasureStep
{
    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        return documents.EraseAsync(person, prefix: null, after, ForgetAsync, cancellationToken);

        async Task ForgetAsync(string note)
        {
            if (note.StartsWith(PostReferences.Post, StringComparison.Ordinal))
            {
                await forgetting.ForgetAsync(note[PostReferences.Post.Length..], person.ProfileId, cancellationToken);
            }
            else if (note.StartsWith(PostReferences.Bookmark, StringComparison.Ordinal) && note[PostReferences.Bookmark.Length..].Split(':') is [var actor, var post])
            {
                await documents.DeleteAsync<ReactionDocument>(actor, ReactionDocument.IdOf(ReactionKind.Bookmark, post), cancellationToken);
            }
        }
    }
}
