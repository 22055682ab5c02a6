using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Lists whom the caller mutes.</summary>
public sealed class GetMutes(PersonalLists lists)
{
    /// <summary>List whom you mute, the newest mute first.</summary>
    /// <remarks><c>viewer.mutedUntil</c> tells when a mute ends by itself.</remarks>
    [Function(nameof(GetMutes))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Profile>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/mutes")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (page, error) = await lists.ReadAsync(http, PersonalList.Mutes, cancellationToken);
        return page is null ? error! : TypedResults.Ok(page);
    }
}
