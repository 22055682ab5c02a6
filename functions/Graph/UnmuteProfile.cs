using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Graph;

/// <summary>Ends a mute.</summary>
public sealed class UnmuteProfile(RelationWriter relations)
{
    /// <summary>Stop muting a profile.</summary>
    /// <remarks>If you follow it, its newest posts come back to your feed. Doing it again changes nothing.</remarks>
    [Function(nameof(UnmuteProfile))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "profiles/{handle}/mute")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: true, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        await relations.ChangeAsync(me, other.Id, RelationRules.Unmute, cancellationToken);
        return TypedResults.NoContent();
    }
}
