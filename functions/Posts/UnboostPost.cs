using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Takes a boost back.</summary>
public sealed class UnboostPost(ReactionWriter reactions)
{
    /// <summary>Take a boost back.</summary>
    /// <remarks>It leaves the feeds it was passed on to. Without a boost nothing happens. The answer is the post without it, or nothing for a post that the caller cannot see any more.</remarks>
    [Function(nameof(UnboostPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<Ok<Post>, NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}/boost")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (post, error) = await reactions.TakeBackAsync(ReactionKind.Boost, id, http.Me(), cancellationToken);
        return error is not null ? error : post is null ? TypedResults.NoContent() : TypedResults.Ok(post);
    }
}
