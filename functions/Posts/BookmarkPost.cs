using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Keeps a post.</summary>
public sealed class BookmarkPost(ReactionWriter reactions)
{
    /// <summary>Keep a post for oneself.</summary>
    /// <remarks>Nobody else learns of it. Keeping it again changes nothing. The answer shows it already.</remarks>
    [Function(nameof(BookmarkPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reactions)]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "posts/{id}/bookmark")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (post, error) = await reactions.GiveAsync(ReactionKind.Bookmark, id, http.Me(), cancellationToken);
        return post is null ? error! : TypedResults.Ok(post);
    }
}
