using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Lists what the caller keeps.</summary>
public sealed class GetMyBookmarks(ReactionLists lists)
{
    /// <summary>List one's bookmarks, the newest first.</summary>
    /// <remarks>In the order in which they were kept, whenever the posts were written. Posts that are gone, or not for the caller any more, are left out.</remarks>
    [Function(nameof(GetMyBookmarks))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Post>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/bookmarks")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (page, invalid) = await lists.ReadAsync(ReactionKind.Bookmark, http, cancellationToken);
        return page is null ? invalid! : TypedResults.Ok(page);
    }
}
