using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Graph;

/// <summary>Mutes a profile.</summary>
public sealed class MuteProfile(RelationWriter relations)
{
    /// <summary>Mute a profile: keep what it does out of your feed and notifications.</summary>
    /// <remarks>It is not told. Doing it again changes nothing.</remarks>
    [Function(nameof(MuteProfile))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "profiles/{handle}/mute")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: false, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        await relations.ChangeAsync(me, other, RelationRules.Mute, cancellationToken);
        return TypedResults.NoContent();
    }
}
