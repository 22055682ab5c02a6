using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Graph;

/// <summary>A mute to be set.</summary>
/// <param name="ExpiresAt">When it ends by itself: in the future, at most a year ahead; left out, it does not.</param>
[Example("""{ "expiresAt": null }""")]
public sealed record Mute(DateTimeOffset? ExpiresAt = null);

/// <summary>Mutes a profile.</summary>
public sealed class MuteProfile(RelationWriter relations, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Mute a profile: keep what it does, and what answers or quotes it, out of your feed and notifications.</summary>
    /// <remarks>It is not told. An empty body mutes until you unmute. Doing it again changes nothing but when it ends.</remarks>
    [Function(nameof(MuteProfile))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(Mute), IsOptional = true)]
    [Answers(ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "profiles/{handle}/mute")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadOptionalJsonAsync(new Mute(), cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var now = time.GetUtcNow();
        if (request.ExpiresAt is { } end && (end <= now || end > now + Longest))
        {
            return new InvalidFields("expiresAt", "A time in the future, at most a year ahead.");
        }

        var me = http.Me();
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: false, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        var muteId = Ids.New(now);
        await relations.ChangeAsync(me, other.Id, found => RelationRules.Mute(found, muteId, request.ExpiresAt?.ToUniversalTime()), cancellationToken);
        return TypedResults.NoContent();
    }
}
