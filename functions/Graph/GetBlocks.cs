using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Lists whom the caller blocks.</summary>
public sealed class GetBlocks(PersonalLists lists)
{
    /// <summary>List whom you block, the newest block first.</summary>
    /// <remarks>Of each no more than id, handle, name and kind is shown.</remarks>
    [Function(nameof(GetBlocks))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Profile>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/blocks")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (page, error) = await lists.ReadAsync(http, PersonalList.Blocks, cancellationToken);
        return page is null ? error! : TypedResults.Ok(page);
    }
}
