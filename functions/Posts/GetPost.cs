using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Shows a post by its address.</summary>
public sealed class GetPost(PostReader reader)
{
    /// <summary>Get a post.</summary>
    /// <remarks>A post that does not exist and one that the caller may not see give the same answer.</remarks>
    [Function(nameof(GetPost))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{id}")] HttpRequest http, string id, CancellationToken cancellationToken) =>
        await reader.ReadAsync(id, Viewer.Of(http), Place.Post, cancellationToken) is { } post ? TypedResults.Ok(post) : new Missing("post");
}
