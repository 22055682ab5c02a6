using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Graph;

/// <summary>Ends somebody's follow of the caller.</summary>
public sealed class RemoveFollower(RelationWriter relations)
{
    /// <summary>Remove a follower.</summary>
    /// <remarks>It is not told, and may follow again; of a locked profile, ask again. Doing it again changes nothing.</remarks>
    [Function(nameof(RemoveFollower))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me/followers/{handle}")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: false, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        await relations.ChangeAsync(other.Id, me, RelationRules.Unfollow, cancellationToken);
        return TypedResults.NoContent();
    }
}
