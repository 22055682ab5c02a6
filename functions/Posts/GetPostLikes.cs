using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>Lists who likes a post.</summary>
public sealed class GetPostLikes(ReactionPeople people)
{
    /// <summary>List who likes a post, the newest like first.</summary>
    /// <remarks>For whoever may see the post. Profiles that a block separates from the caller are left out. Of a very popular post the first thousand or so are listed, and all are counted.</remarks>
    [Function(nameof(GetPostLikes))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Profile>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{id}/likes")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (page, error) = await people.ReadAsync(http, ReactionKind.Like, id, cancellationToken);
        return page is null ? error! : TypedResults.Ok(page);
    }
}
