using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Takes a like back.</summary>
public sealed class UnlikePost(ReactionWriter reactions)
{
    /// <summary>Take a like back.</summary>
    /// <remarks>Without a like nothing happens. The answer is the post without it, or nothing for a post that the caller cannot see any more.</remarks>
    [Function(nameof(UnlikePost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<Ok<Post>, NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}/like")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (post, error) = await reactions.TakeBackAsync(ReactionKind.Like, id, http.Me(), cancellationToken);
        return error is not null ? error : post is null ? TypedResults.NoContent() : TypedResults.Ok(post);
    }
}
