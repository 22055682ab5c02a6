using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Keeps a post no longer.</summary>
public sealed class UnbookmarkPost(ReactionWriter reactions)
{
    /// <summary>Remove a bookmark.</summary>
    /// <remarks>Without a bookmark nothing happens.</remarks>
    [Function(nameof(UnbookmarkPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}/bookmark")] HttpRequest http, string id, CancellationToken cancellationToken) =>
        await reactions.TakeBackAsync(ReactionKind.Bookmark, id, http.Me(), cancellationToken) is { } error ? error : TypedResults.NoContent();
}
