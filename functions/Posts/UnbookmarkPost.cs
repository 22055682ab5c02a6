using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Keeps a post no longer.</summary>
public sealed class UnbookmarkPost(ReactionWriter reactions)
{
    /// <summary>Remove a bookmark.</summary>
    /// <remarks>Without a bookmark nothing happens. The answer is the post without it, or nothing for a post that the caller cannot see any more.</remarks>
    [Function(nameof(UnbookmarkPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<Ok<Post>, NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}/bookmark")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (post, error) = await reactions.TakeBackAsync(ReactionKind.Bookmark, id, http.Me(), cancellationToken);
        return error is not null ? error : post is null ? TypedResults.NoContent() : TypedResults.Ok(post);
    }
}
