using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Lists a profile's followers.</summary>
public sealed class GetFollowers(FollowLists lists)
{
    /// <summary>List who follows a profile.</summary>
    /// <remarks>The newest follower first; those of profiles older than this order in no particular one, and always the same. Profiles that a block separates from the caller are left out.</remarks>
    [Function(nameof(GetFollowers))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Profile>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "profiles/{handle}/followers")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var (page, error) = await lists.ReadFollowersAsync(http, handle, cancellationToken);
        return page is null ? error! : TypedResults.Ok(page);
    }
}
