using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Profiles;

/// <summary>Shows the caller's own profile.</summary>
public sealed class GetMe(IDocumentStore documents, ProfileReader profiles)
{
    /// <summary>Get your own profile.</summary>
    /// <remarks>The ETag is what PATCH /me takes as If-Match; counters do not change it.</remarks>
    [Function(nameof(GetMe))]
    [Access(Access.Profile)]
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

        EntityTag.Set(http, profile.Revision);
        return TypedResults.Ok(await profiles.ReadOwnAsync(profile, cancellationToken));
    }
}
