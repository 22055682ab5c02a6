using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Graph;

/// <summary>Refuses to let somebody follow.</summary>
public sealed class RefuseFollowRequest(RelationWriter relations)
{
    /// <summary>Refuse a request to follow you.</summary>
    /// <remarks>Whoever asked is not told, and may ask again. Where no request waits nothing happens.</remarks>
    [Function(nameof(RefuseFollowRequest))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me/follow-requests/{handle}")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: false, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        await relations.ChangeAsync(other.Id, me, RelationRules.Unrequest, cancellationToken);
        return TypedResults.NoContent();
    }
}
