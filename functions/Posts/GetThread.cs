using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Shows the conversation around a post.</summary>
public sealed class GetThread(PostReader reader, ThreadReader threads, Cursors cursors)
{
    /// <summary>Get the conversation around a post: what it answers, the post, and what answers it.</summary>
    /// <remarks>
    /// Replies come as a tree in the order in which they are shown. Among those of one post, of the hundred oldest at a time, the ones of its author, of
    /// whoever began the thread and of the caller come first, then those of people whom the caller follows, then the others, each the oldest first. Below
    /// each reply the first two are shown, and the first one below those: where there are more, <c>branch</c> of the item, given as the parameter of that name, reads
    /// them all. Posts the caller may not see are <c>gone</c> where something stands below them, and left out else; where a block stands between the caller and whoever began the
    /// thread, all but the caller's own. Replies that whoever began the thread hid are folded: they come without what they say, which their own address
    /// shows. A page has at most 40 direct replies.
    /// </remarks>
    [Function(nameof(GetThread))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("branch", "Where to read on below one of the replies: branch of that item. The answer has those replies alone.", MaxLength = 1024)]
    public async Task<Results<Ok<PostThread>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{id}/thread")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var viewer = Viewer.Of(http);
        if (await reader.FindAsync(id, viewer, Place.Post, cancellationToken) is not { } document || await reader.ReadAsync(id, viewer, Place.Post, cancellationToken) is not { } post)
        {
            return new Missing("post");
        }

        var focus = new ThreadFocus(document.RootId, document.Id);
        var (page, invalid) = PageRequest.Read(http, cursors, focus.Pages);
        if (invalid is not null)
        {
            return invalid;
        }

        var after = page.After;
        if (http.Query.TryGetValue("branch", out var branch) && !cursors.TryRead(branch.ToString(), focus.Branches, out after))
        {
            return new InvalidFields("branch", "What an item of this post's thread said as branch.");
        }

        var position = new ThreadPosition(focus.PostId, 1, null, 0);
        if (after is not null && !ThreadPosition.TryParse(after, out position))
        {
            return new BadCursor();
        }

        page.Budget.TryTake(post);
        var ancestors = after is null ? await threads.AncestorsAsync(document, viewer, cancellationToken) : [];
        return TypedResults.Ok(new PostThread(ancestors, post, await threads.RepliesAsync(focus, position, page, viewer, cancellationToken)));
    }
}
