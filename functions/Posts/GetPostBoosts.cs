using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>Lists who boosted a post.</summary>
public sealed class GetPostBoosts(ReactionPeople people)
{
    /// <summary>List who boosted a post, the newest boost first.</summary>
    /// <remarks>For whoever may see the post. Profiles that a block separates from the caller are left out.</remarks>
    [Function(nameof(GetPostBoosts))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Profile>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{id}/boosts")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (page, error) = await people.ReadAsync(http, ReactionKind.Boost, id, cancellationToken);
        return page is null ? error! : TypedResults.Ok(page);
    }
}
