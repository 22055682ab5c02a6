using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Drafts;

/// <summary>
/// Makes one post of a draft: who posts it claims it first, under the id that the post will have, and deletes it when the post is there. A request that broke off in
/// between is gone on with by the same request; a claim without a post can be taken over after <see cref="PostMediaBinder.Grace"/>, and a draft whose post is there
/// is no draft any more.
/// </summary>
public sealed class DraftPosting(IDocumentStore documents, DraftStore drafts, TimeProvider time)
{
    /// <summary>Posts what a request holds, and what the draft holds that it names; the draft is gone then.</summary>
    /// <param name="request">The request.</param>
    /// <param name="whole">What it holds, checked; null if it names a draft.</param>
    /// <param name="ownerId">Whose.</param>
    /// <param name="postId">The post that is made of it, which of a draft is not there yet.</param>
    /// <param name="post">Posts the content.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The error to answer with, or null.</returns>
    public async ValueTask<Error?> PostAsync(
        NewPost request, PostContent? whole, string ownerId, string postId, Func<PostContent, ValueTask<Error?>> post, CancellationToken cancellationToken)
    {
        if (whole is not null)
        {
            return await post(whole);
        }

        var (draft, notThere) = await ClaimAsync(ownerId, request.DraftId!, postId, cancellationToken);
        if (draft is null)
        {
            return notThere;
        }

        var (content, invalid) = PostContent.Read(draft.Content.FillIn(request), ownerId);
        var refused = invalid ?? await post(content);
        await EndAsync(draft, posted: refused is null, cancellationToken);
        return refused;
    }

    /// <summary>Claims a draft.</summary>
    /// <param name="ownerId">Whose.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="postId">The post that is made of it, which is not there yet.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The draft, or the error to answer with.</returns>
    private async ValueTask<(DraftDocument? Draft, Error? Error)> ClaimAsync(string ownerId, string draftId, string postId, CancellationToken cancellationToken)
    {
        if (await drafts.FindAsync(ownerId, draftId, cancellationToken) is not { } draft)
        {
            return (null, new InvalidFields("draftId", "There is no such draft."));
        }

        var isFree = draft.PostedAs is null || draft.PostedAs == postId || OwnedIds.TimeOf(draft.PostedAs) + PostMediaBinder.Grace < time.GetUtcNow();
        var claimed = isFree
            ? await documents.UpdateAsync<DraftDocument>(ownerId, draftId, now => now.PostedAs == draft.PostedAs ? now with { PostedAs = postId } : null, cancellationToken)
            : draft;
        return claimed switch
        {
            null => (null, new InvalidFields("draftId", "There is no such draft.")),
            _ when claimed.PostedAs != postId => (null, new DraftBeingPosted()),
            _ => (claimed, null),
        };
    }

    /// <summary>Ends a claim: the draft goes if it was posted, and can be posted anew if not.</summary>
    /// <param name="draft">The claimed draft.</param>
    /// <param name="posted">Whether the post is there.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private async ValueTask EndAsync(DraftDocument draft, bool posted, CancellationToken cancellationToken)
    {
        if (posted)
        {
            await drafts.DeleteAsync(draft, cancellationToken);
            return;
        }

        await documents.UpdateAsync<DraftDocument>(
            draft.OwnerId, draft.Id, now => now.PostedAs == draft.PostedAs ? now with { PostedAs = null } : null, cancellationToken);
    }
}
