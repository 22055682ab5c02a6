using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Profiles;

/// <summary>A profile to create.</summary>
/// <param name="Handle">Unique name: 3 to 30 of a-z, 0-9 and _, in any case; kept in lower case.</param>
/// <param name="DisplayName">Name to show: 1 to 50 characters of any script.</param>
/// <param name="Bio">A few words about oneself: up to 500 characters.</param>
/// <param name="Interests">Up to 20 interests of 1 to 50 characters.</param>
[Example("""{ "handle": "anna", "displayName": "Anna 🌿", "bio": "Gardens, maps, slow trains.", "interests": ["gardening", "maps"] }""")]
public sealed record NewProfile(
    [property: Required] string? Handle = null, [property: Required] string? DisplayName = null, string? Bio = null, IReadOnlyList<string?>? Interests = null);

/// <summary>Creates the caller's profile.</summary>
public sealed class CreateProfile(Registration registration, RateLimiter limits, Idempotency idempotency, TimeProvider time)
{
    /// <summary>Create your profile.</summary>
    /// <remarks>An account has one profile. Whoever asks for a handle first gets it; upper and lower case are the same handle.</remarks>
    [Function(nameof(CreateProfile))]
    [Access(Access.SignedIn)]
    [Limit(Bucket.SignUps, WhenCarriedOut = true)]
    [RequestBody(typeof(NewProfile))]
    [Idempotent]
    [Answers(ErrorKind.Conflict)]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    public async Task<Results<Created<Profile>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "profiles")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadJsonAsync<NewProfile>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var wanted = Clean(request);
        var handle = Handles.Normalize(wanted.Handle);
        var invalid = new Validation()
            .Require(handle is not null, "handle", $"{Handles.MinLength} to {Handles.MaxLength} of a-z, 0-9 and _.")
            .Require(handle is null || !Handles.IsReserved(handle), "handle", "This handle is reserved.")
            .Note("displayName", ProfileRules.DisplayNameProblem(wanted.DisplayName!))
            .Note("bio", ProfileRules.BioProblem(wanted.Bio!))
            .Note("interests", ProfileRules.InterestsProblem(wanted.Interests!))
            .Error;
        if (invalid is not null)
        {
            return invalid;
        }

        var caller = http.Caller()!;
        var outcome = await idempotency.OnceAsync(
            http, caller, wanted with { Handle = handle }, id => CreateAsync(http, id, handle!, wanted, caller, cancellationToken), cancellationToken);
        if (outcome.Error is not null)
        {
            return outcome.Error;
        }

        // The answer is the profile's first revision, also when it is given again later.
        EntityTag.Set(http, 1);
        return TypedResults.Created($"/api/profiles/{handle}", outcome.Value);
    }

    private async Task<Outcome<Profile>> CreateAsync(
        HttpRequest http, string id, string handle, NewProfile wanted, Caller caller, CancellationToken cancellationToken)
    {
        if (await limits.ChargeAsync(http, Bucket.SignUps) is { } limited)
        {
            return limited;
        }

        var profile = new ProfileDocument
        {
            Id = id,
            Handle = handle,
            DisplayName = wanted.DisplayName!,
            Bio = wanted.Bio!,
            Interests = [.. wanted.Interests!.Select(interest => interest!)],
            CreatedAt = time.GetUtcNow(),
            Followers = FollowerLayout.Smallest,
        };
        var registered = await registration.RegisterAsync(profile, caller.AccountId, cancellationToken);
        return registered.Error is { } error ? error : ProfilePresenter.Full(registered.Value!, null, null);
    }

    private static NewProfile Clean(NewProfile request) => new(
        request.Handle,
        ProfileRules.Clean(request.DisplayName),
        ProfileRules.Clean(request.Bio),
        ProfileRules.Clean(request.Interests));
}
