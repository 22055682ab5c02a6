using System.Diagnostics;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Posts;

/// <summary>What people do about posts that answer or quote their own, and keeping those they block out of their threads.</summary>
public sealed class ThreadHiding(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Hides a reply in a thread that the caller began, or shows it there again.</summary>
    /// <param name="me">The caller's profile.</param>
    /// <param name="rootId">First post of the thread.</param>
    /// <param name="replyId">The reply, however deep.</param>
    /// <param name="hidden">Whether it is to be hidden.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The expected error, or null.</returns>
    public async ValueTask<Error?> SetHiddenAsync(string me, string rootId, string replyId, bool hidden, CancellationToken cancellationToken)
    {
        if (!IsMine(me, rootId))
        {
            return new Missing("post");
        }

        if (await FindAsync(me, replyId, cancellationToken) is not { ReplyTo: not null } reply || reply.RootId != rootId)
        {
            return new Missing("reply");
        }

        var now = time.GetUtcNow();
        await documents.UpdateReadAsync(
            reply,
            found => found.HiddenInThread == hidden ? null : found.InThread(hidden) with
            {
                WorkSince = now,
                TraceParent = Activity.Current?.Id,
            },
            cancellationToken);
        return null;
    }

    /// <summary>Detaches a post of the caller's from one that quotes it, for good.</summary>
    /// <param name="me">The caller's profile.</param>
    /// <param name="postId">The quoted post.</param>
    /// <param name="quoteId">The post that quotes it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The expected error, or null.</returns>
    public async ValueTask<Error?> DetachAsync(string me, string postId, string quoteId, CancellationToken cancellationToken)
    {
        if (!IsMine(me, postId))
        {
            return new Missing("post");
        }

        if (await FindAsync(me, quoteId, cancellationToken) is not { } quote || quote.Quote != postId)
        {
            return new Missing("quote");
        }

        // It does not count as a quote any more, which its projection sees to.
        var now = time.GetUtcNow();
        await documents.UpdateReadAsync(
            quote,
            found => found.QuoteDetached ? null : found with
            {
                QuoteDetached = true,
                Shown = found.IsVisible ? Showing.InPart : found.Shown,
                WorkSince = now,
                TraceParent = Activity.Current?.Id,
            },
            cancellationToken);
        return null;
    }

    /// <summary>
    /// A reply that is about to be seen for the first time, hidden in its thread if whoever began that, or wrote what it answers, has blocked
    /// its author since it was written: moderation may have taken days.
    /// </summary>
    public async ValueTask<PostDocument> WithoutBlockedAsync(PostDocument post, CancellationToken cancellationToken)
    {
        if (post is not { ReplyTo: { } parent, IsVisible: true, Shown: Showing.Nowhere, HiddenInThread: false })
        {
            return post;
        }

        var relations = new HashSet<DocumentKey>
        {
            DocumentKey.Of<RelationDocument>(OwnedIds.OwnerOf(post.RootId), post.AuthorId),
            DocumentKey.Of<RelationDocument>(OwnedIds.OwnerOf(parent), post.AuthorId),
        };
        var loaded = await documents.ReadManyAsync(relations, cancellationToken);
        return relations.Any(key => loaded.Get(key) is RelationDocument { Blocking: true })
            ? await documents.UpdateReadAsync(post, found => found.InThread(hidden: true), cancellationToken) ?? post
            : post;
    }

    /// <summary>A post by its id, if the caller could see it were there no block between the two: a block must not keep anybody from this.</summary>
    private async ValueTask<PostDocument?> FindAsync(string me, string postId, CancellationToken cancellationToken)
    {
        if (!OwnedIds.TryParse(postId, out var authorId))
        {
            return null;
        }

        var loaded = await documents.ReadManyAsync(
            [DocumentKey.Of<PostDocument>(authorId, postId), DocumentKey.Of<RelationDocument>(me, authorId), StandingDocument.KeyOf(authorId)], cancellationToken);
        var relation = loaded.Get<RelationDocument>(me, authorId);
        var standing = loaded.StandingOf(authorId, time.GetUtcNow());
        return loaded.Get<PostDocument>(authorId, postId) is { } post
            && PostRules.MaySee(PostRules.As(post, standing), new Viewer(me, IsModerator: false), relation is null ? null : relation with { Blocking = false, BlockedBy = false }, Place.Post)
            ? post
            : null;
    }

    private static bool IsMine(string me, string postId) => OwnedIds.TryParse(postId, out var ownerId) && ownerId == me;
}
