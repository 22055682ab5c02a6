using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Posts;

/// <summary>Takes a person whose account is gone out of others' posts and their places in threads. Any number of times.</summary>
public sealed class PostForgetting(IDocumentStore documents)
{
    /// <summary>Takes a person out of one post.</summary>
    /// <param name="postId">Somebody's post; that of the person is left alone.</param>
    /// <param name="goneId">Who is gone.</param>
    /// <param name="cancellationToken">Stops it; it may be repeated.</param>
    public async Task ForgetAsync(string postId, string goneId, CancellationToken cancellationToken)
    {
        var authorId = OwnedIds.OwnerOf(postId);
        if (authorId == goneId || await documents.FindAsync<PostDocument>(authorId, postId, cancellationToken) is not { } post)
        {
            return;
        }

        // First its place in the thread: while the post still names the person, whoever repeats this knows where that was.
        var rootId = OwnedIds.OwnerOf(post.RootId) == OwnedIds.Nobody ? OwnedIds.Make(post.RootId[..Ids.Length], goneId) : post.RootId;
        await MoveAsync(rootId, postId, goneId, cancellationToken);
        await documents.UpdateReadAsync(post, found => PostReferences.Without(goneId, found) is var without && Same(found, without) ? null : without, cancellationToken);
        await MoveAsync(rootId, postId, goneId, cancellationToken);
    }

    /// <summary>Moves the entry of a reply to a thread that does not name the person.</summary>
    public async Task MoveAsync(string rootId, string postId, string goneId, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<ReplyDocument>(rootId, postId, cancellationToken) is not { } entry)
        {
            return;
        }

        // The place that its parent kept is the person's, too.
        if (OwnedIds.OwnerOf(entry.ReplyTo) == goneId && await documents.FindAsync<ReplyDocument>(rootId, entry.ReplyTo, cancellationToken) is { } kept)
        {
            await documents.UpsertManyAsync(
                [kept with { Id = OwnedIds.Without(goneId, kept.Id), RootId = OwnedIds.Without(goneId, kept.RootId), ReplyTo = OwnedIds.Without(goneId, kept.ReplyTo) }], cancellationToken);
            await documents.DeleteAsync<ReplyDocument>(rootId, kept.Id, cancellationToken);
        }

        var moved = entry with { RootId = OwnedIds.Without(goneId, entry.RootId), ReplyTo = OwnedIds.Without(goneId, entry.ReplyTo) };
        if (moved.RootId != entry.RootId || moved.ReplyTo != entry.ReplyTo)
        {
            await documents.UpsertManyAsync([moved], cancellationToken);
        }

        if (moved.RootId != entry.RootId)
        {
            await documents.DeleteAsync<ReplyDocument>(entry.RootId, entry.Id, cancellationToken);
        }
    }

    private static bool Same(PostDocument post, PostDocument without) =>
        (post.ReplyTo, post.RootId, post.Quote) == (without.ReplyTo, without.RootId, without.Quote) && ReferenceEquals(post.Mentions, without.Mentions)
        && ReferenceEquals(post.Edit, without.Edit) && ReferenceEquals(post.Earlier, without.Earlier) && ReferenceEquals(post.Named, without.Named);
}
