using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Profiles;

/// <summary>Shows the caller's own profile.</summary>
public sealed class GetMe(IDocumentStore documents, ProfileReader profiles, TimeProvider time)
{
    /// <summary>Get your own profile.</summary>
    /// <remarks>
    /// As you want it to be seen; moderation says whether others see it so. The ETag is what PATCH /me takes as If-Match: your own changes alone
    /// change it. <c>standing</c> says what moderators decided about the account; this call stays open to suspended ones.
    /// </remarks>
    [Function(nameof(GetMe))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Reads)]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    public async Task<Results<Ok<Profile>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        if (await documents.FindAsync<ProfileDocument>(me, me, cancellationToken) is not { } profile)
        {
            return new Missing("profile");
        }

        EntityTag.Set(http, profile.Edition);
        var own = await profiles.ReadOwnAsync(profile, cancellationToken);
        return TypedResults.Ok(own with { Standing = ProfilePresenter.OwnStanding(http.Caller()!.Standing, time.GetUtcNow()) });
    }
}
