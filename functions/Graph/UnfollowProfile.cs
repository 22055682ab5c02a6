using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Graph;

/// <summary>Ends a follow.</summary>
public sealed class UnfollowProfile(RelationWriter relations)
{
    /// <summary>Stop following a profile, or asking to.</summary>
    /// <remarks>Takes back a request that still waits, too. Doing it again changes nothing.</remarks>
    [Function(nameof(UnfollowProfile))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "profiles/{handle}/follow")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: false, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        await relations.ChangeAsync(me, other.Id, RelationRules.Unfollow, cancellationToken);
        return TypedResults.NoContent();
    }
}
