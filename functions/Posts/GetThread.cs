using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Lists the thread a post belongs to.</summary>
public sealed class GetThread(PostReader reader, PostPager pager, Cursors cursors)
{
    /// <summary>List the thread of a post: its first post, then every reply, oldest first.</summary>
    /// <remarks>
    /// Any post of the thread leads to it; <c>replyTo</c> tells how the posts hang together. Posts the caller may not see are left out,
    /// the first one too; where a block stands between the caller and whoever began the thread, all but the caller's own. Replies that
    /// whoever began the thread hid are folded: they come without what they say, which their own address shows.
    /// </remarks>
    [Function(nameof(GetThread))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Post>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{id}/thread")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var viewer = Viewer.Of(http);
        if (await reader.FindAsync(id, viewer, Place.Post, cancellationToken) is not { RootId: var rootId })
        {
            return new Missing("post");
        }

        var list = $"thread:{rootId}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        if (page.After is not null || await reader.ReadAsync(rootId, viewer, Place.Thread, cancellationToken) is not { } root)
        {
            return TypedResults.Ok(await ReadRepliesAsync(page));
        }

        page.Budget.TryTake(root);
        if (page.Limit == 1)
        {
            return TypedResults.Ok(new Page<Post>([root], cursors.Make(list, Ids.First)));
        }

        var replies = await ReadRepliesAsync(page with { Limit = page.Limit - 1, After = Ids.First });
        return TypedResults.Ok(replies with { Items = [root, .. replies.Items] });

        ValueTask<Page<Post>> ReadRepliesAsync(PageRequest part) => pager.ReadAsync<ReplyDocument>(
            list, part, [new(rootId, part.Limit)], reply => new PostReference(reply.Id, Place.Thread), viewer, cancellationToken);
    }
}
