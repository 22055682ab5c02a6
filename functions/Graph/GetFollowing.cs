using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Lists the profiles that a profile follows.</summary>
public sealed class GetFollowing(FollowLists lists)
{
    /// <summary>List whom a profile follows.</summary>
    /// <remarks>The newest follow first. Profiles that a block separates from the caller are left out.</remarks>
    [Function(nameof(GetFollowing))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Profile>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "profiles/{handle}/following")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var (page, error) = await lists.ReadFollowingAsync(http, handle, cancellationToken);
        return page is null ? error! : TypedResults.Ok(page);
    }
}
