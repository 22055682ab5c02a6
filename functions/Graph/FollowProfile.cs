using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Graph;

/// <summary>How to follow.</summary>
/// <param name="Boosts">Whether what the other boosts comes to your feed; left out, as it was, and at first it does.</param>
[Example("""{ "boosts": false }""")]
public sealed record FollowChoice(bool? Boosts = null);

/// <summary>Follows a profile.</summary>
public sealed class FollowProfile(RelationWriter relations, TimeProvider time)
{
    /// <summary>Follow a profile.</summary>
    /// <remarks>
    /// Its posts come to your feed from now on, and its newest ones at once. A locked profile is asked first: that is answered with 202, and
    /// <c>viewer.requested</c> says so until it is decided. Doing it again changes nothing but whether boosts come.
    /// </remarks>
    [Function(nameof(FollowProfile))]
    [Access(Access.Profile)]
    [Limit(Bucket.Follows)]
    [RequestBody(typeof(FollowChoice), IsOptional = true)]
    [Answers(ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Accepted, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "profiles/{handle}/follow")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadOptionalJsonAsync(new FollowChoice(), cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var me = http.Me();
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: false, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        var id = Ids.New(time);
        var relation = await relations.ChangeAsync(
            me, other.Id, found => RelationRules.WithBoosts(other.Locked ? RelationRules.Request(found, id) : RelationRules.Follow(found, id), request.Boosts), cancellationToken);

        // Where a block stands the follow did not come to be, whoever set the block and whenever.
        return relation switch
        {
            { Following: true } => TypedResults.NoContent(),
            { Requested: true } => TypedResults.Accepted((string?)null),
            _ => new Missing("profile"),
        };
    }
}
