using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Graph;

/// <summary>Lifts a block.</summary>
public sealed class UnblockProfile(RelationWriter relations)
{
    /// <summary>Lift your block of a profile.</summary>
    /// <remarks>Follows that the block ended stay ended. Doing it again changes nothing.</remarks>
    [Function(nameof(UnblockProfile))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "profiles/{handle}/block")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: true, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        var relation = await relations.ChangeAsync(me, other.Id, RelationRules.Unblock, cancellationToken);

        // Before the answer, so that the other side learns of it at once; should this fail, the pipeline does it.
        await relations.MirrorBlockAsync(relation, cancellationToken);
        return TypedResults.NoContent();
    }
}
