using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Keeps a post.</summary>
public sealed class BookmarkPost(ReactionWriter reactions)
{
    /// <summary>Keep a post for oneself.</summary>
    /// <remarks>Nobody else learns of it. Keeping it again changes nothing.</remarks>
    [Function(nameof(BookmarkPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reactions)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "posts/{id}/bookmark")] HttpRequest http, string id, CancellationToken cancellationToken) =>
        await reactions.GiveAsync(ReactionKind.Bookmark, id, http.Me(), cancellationToken) is { } error ? error : TypedResults.NoContent();
}
