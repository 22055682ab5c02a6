using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Unpins a post.</summary>
public sealed class UnpinPost(PostPins pins)
{
    /// <summary>Unpin a post of your own.</summary>
    /// <remarks>It goes back to its place among your posts. Where it is not pinned nothing happens.</remarks>
    [Function(nameof(UnpinPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}/pin")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (post, error) = await pins.SetAsync(http.Me(), id, pinned: false, cancellationToken);
        return post is null ? error! : TypedResults.Ok(post);
    }
}
