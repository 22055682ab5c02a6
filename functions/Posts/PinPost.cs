using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Pins a post.</summary>
public sealed class PinPost(PostPins pins)
{
    /// <summary>Pin a post of your own to the top of your posts.</summary>
    /// <remarks>At most three; the one pinned last stands first. Pinning it again changes nothing.</remarks>
    [Function(nameof(PinPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "posts/{id}/pin")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (post, error) = await pins.SetAsync(http.Me(), id, pinned: true, cancellationToken);
        return post is null ? error! : TypedResults.Ok(post);
    }
}
