using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Profiles;

/// <summary>Shows a profile.</summary>
public sealed class GetProfile(ProfileReader profiles)
{
    /// <summary>Get a profile by its handle.</summary>
    /// <remarks>
    /// A profile that blocks the caller is not found. One that the caller blocks shows who it is and viewer.blocking, without bio, interests,
    /// avatar and counters. A handle that the profile had until lately is answered with 308 and the address under its present one; in other calls
    /// it stands for the profile.
    /// </remarks>
    [Function(nameof(GetProfile))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    public async Task<Results<Ok<Profile>, MovedProfile, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "profiles/{handle}")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        if (await profiles.ReadAsync(handle, http.ViewerId(), cancellationToken) is not { } profile)
        {
            return new Missing("profile");
        }

        return Handles.Normalize(handle) == profile.Handle ? TypedResults.Ok(profile) : new MovedProfile(profile.Handle);
    }
}
