using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Likes a post.</summary>
public sealed class LikePost(ReactionWriter reactions)
{
    /// <summary>Like a post.</summary>
    /// <remarks>Its author is told. Liking it again changes nothing. The answer counts it already.</remarks>
    [Function(nameof(LikePost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reactions)]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "posts/{id}/like")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (post, error) = await reactions.GiveAsync(ReactionKind.Like, id, http.Me(), cancellationToken);
        return post is null ? error! : TypedResults.Ok(post);
    }
}
