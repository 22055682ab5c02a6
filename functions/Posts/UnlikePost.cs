using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Takes a like back.</summary>
public sealed class UnlikePost(ReactionWriter reactions)
{
    /// <summary>Take a like back.</summary>
    /// <remarks>It works for posts the caller cannot see any more; without a like nothing happens.</remarks>
    [Function(nameof(UnlikePost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}/like")] HttpRequest http, string id, CancellationToken cancellationToken) =>
        await reactions.TakeBackAsync(ReactionKind.Like, id, http.Me(), cancellationToken) is { } error ? error : TypedResults.NoContent();
}
