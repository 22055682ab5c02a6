using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Lists what the caller likes.</summary>
public sealed class GetMyLikes(ReactionLists lists)
{
    /// <summary>List the posts one likes, the newest like first.</summary>
    /// <remarks>In the order in which they were liked, whenever the posts were written. Posts that are gone, or not for the caller any more, are left out.</remarks>
    [Function(nameof(GetMyLikes))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Post>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/likes")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (page, invalid) = await lists.ReadAsync(ReactionKind.Like, http, cancellationToken);
        return page is null ? invalid! : TypedResults.Ok(page);
    }
}
