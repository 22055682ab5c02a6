using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Profiles;

/// <summary>A profile to create.</summary>
/// <param name="Handle">Unique name: 3 to 30 of a-z, 0-9 and _, in any case; kept in lower case.</param>
/// <param name="DisplayName">Name to show: 1 to 50 characters of any script.</param>
/// <param name="Bio">A few words about oneself: up to 500 characters.</param>
/// <param name="Interests">Up to 20 interests of 1 to 50 characters.</param>
/// <param name="Links">Up to 5 pages elsewhere.</param>
/// <param name="Discoverable">Whether one is found by name and suggested to others, instead of by one's whole handle alone: ask. No where it is left out.</param>
/// <param name="Indexable">Whether others find one's public posts by their words: ask. No where it is left out.</param>
[Example("""{ "handle": "anna", "displayName": "Anna 🌿", "bio": "Gardens, maps, slow trains.", "interests": ["gardening", "maps"], "links": [{ "name": "Garden", "url": "https://garden.example/anna" }] }""")]
public sealed record NewProfile(
    [property: Required, StringLength(Handles.MaxLength, MinimumLength = Handles.MinLength)] string? Handle = null,
    [property: Required, MaxGraphemes(ProfileRules.MaxDisplayName)] string? DisplayName = null,
    [property: MaxGraphemes(ProfileRules.MaxBio)] string? Bio = null,
    [property: MaxLength(ProfileRules.MaxInterests), MaxGraphemes(ProfileRules.MaxInterest)] IReadOnlyList<string?>? Interests = null,
    [property: MaxLength(ProfileRules.MaxLinks)] IReadOnlyList<ProfileLinkChange?>? Links = null,
    bool? Discoverable = null,
    bool? Indexable = null);

/// <summary>Creates the caller's profile.</summary>
public sealed class CreateProfile(
    IDocumentStore documents, Registration registration, NameCheck names, ProfileReader profiles, RateLimiter limits, Idempotency idempotency, TimeProvider time)
{
    /// <summary>Create your profile.</summary>
    /// <remarks>An account has one profile. Whoever asks for a handle first gets it; upper and lower case are the same handle.
    /// Names that pass for staff or for somebody known here are refused. The answer is the profile as you want it; others see its handle alone until
    /// moderation has approved the rest, which GET /me says.</remarks>
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
            .Note("links", ProfileRules.LinksProblem(ProfileRules.Clean(wanted.Links)))
            .Error ?? await names.ProblemAsync(handle, wanted.DisplayName, http.Caller()!, cancellationToken);
        if (invalid is not null)
        {
            return invalid;
        }

        var caller = http.Caller()!;
        var outcome = await idempotency.OnceAsync(
            http,
            caller,
            wanted with { Handle = handle },
            id => CreateAsync(http, id, handle!, wanted, caller, cancellationToken),
            id => ReadAsync(http, caller.ProfileId ?? id, cancellationToken),
            cancellationToken);
        return outcome.Error is null ? TypedResults.Created($"/api/profiles/{outcome.Value!.Handle}", outcome.Value) : outcome.Error;
    }

    private async Task<Outcome<Profile>> ReadAsync(HttpRequest http, string id, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<ProfileDocument>(id, id, cancellationToken) is not { DeletedAt: null } profile)
        {
            return new Missing("profile");
        }

        EntityTag.Set(http, profile.Edition);
        return await profiles.ReadOwnAsync(profile, cancellationToken);
    }

    private async Task<Outcome<Profile>> CreateAsync(HttpRequest http, string id, string handle, NewProfile wanted, Caller caller, CancellationToken cancellationToken)
    {
        if (await limits.ChargeAsync(http, Bucket.SignUps) is { } limited)
        {
            return limited;
        }

        var now = time.GetUtcNow();
        var profile = new ProfileDocument
        {
            Id = id,
            Handle = handle,
            DisplayName = handle,
            CreatedAt = now,
            WorkSince = now,
            Followers = FollowerLayout.Smallest,
            ListsFollowers = true,
            Known = caller.IsModerator,
            Discoverable = wanted.Discoverable ?? false,
            Indexable = wanted.Indexable ?? false,
        };
        var content = new ProfileContent(
            wanted.DisplayName!, wanted.Bio!, [.. wanted.Interests!.Select(interest => interest!)], ProfileRules.Clean(wanted.Links), null, null);
        var registered = await registration.RegisterAsync(ProfileEdits.New(profile, content), caller.AccountId, cancellationToken);
        if (registered.Error is { } error)
        {
            return error;
        }

        EntityTag.Set(http, registered.Value!.Edition);
        return ProfilePresenter.Own(registered.Value, null);
    }

    private static NewProfile Clean(NewProfile request) => new(
        request.Handle,
        ProfileRules.Clean(request.DisplayName),
        ProfileRules.Clean(request.Bio),
        ProfileRules.Clean(request.Interests),
        request.Links,
        request.Discoverable,
        request.Indexable);
}
