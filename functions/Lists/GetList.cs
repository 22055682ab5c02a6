using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Lists;

/// <summary>Shows a list of the caller's.</summary>
public sealed class GetList(ListKeeper lists)
{
    /// <summary>Get a list of yours.</summary>
    /// <remarks>Lists are their owner's alone: for everybody else there is none.</remarks>
    [Function(nameof(GetList))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    public async Task<Results<Ok<ProfileList>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "lists/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        if (await lists.FindAsync(http.Me(), id, cancellationToken) is not { } list)
        {
            return new Missing("list");
        }

        EntityTag.Set(http, list.Edition);
        return TypedResults.Ok(ProfileList.Of(list));
    }
}
