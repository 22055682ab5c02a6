using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Lists who asks to follow the caller.</summary>
public sealed class GetFollowRequests(PersonalLists lists)
{
    /// <summary>List who asks to follow you, the newest request first.</summary>
    /// <remarks>Requests wait until they are approved, refused or taken back, also after the profile was unlocked.</remarks>
    [Function(nameof(GetFollowRequests))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Profile>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/follow-requests")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (page, error) = await lists.ReadAsync(http, PersonalList.Requests, cancellationToken);
        return page is null ? error! : TypedResults.Ok(page);
    }
}
