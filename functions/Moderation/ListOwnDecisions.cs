using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Moderation;

/// <summary>Shows people what was decided about their account and profile.</summary>
public sealed class ListOwnDecisions(DecisionList decisions, Cursors cursors)
{
    /// <summary>List the moderation decisions about your account and profile with their reasons, newest first.</summary>
    /// <remarks>
    /// What was decided, why, when, and whether by a machine or a person. Where the profile stands now says moderation in GET /me, where the account
    /// does, standing. This call stays open to suspended accounts.
    /// </remarks>
    [Function(nameof(ListOwnDecisions))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Decision>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "profiles/me/moderation")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var list = $"profiles/me/moderation/{me}";
        var (page, error) = PageRequest.Read(http, cursors, list);
        return error is not null ? error : TypedResults.Ok(await decisions.ReadAsync(list, page, me, forModerator: false, cancellationToken));
    }
}
