using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Profiles;

/// <summary>
/// Gives a profile another handle. The new one is claimed first and means nothing until the profile, written under the ETag it had before, says
/// so; a claim that its profile never took up is void after <see cref="Handles.Patience"/>. The former handle leads to the profile for a while.
/// </summary>
public sealed class HandleChange(IDocumentStore documents, Registration registration, IOptions<ProfileOptions> options, TimeProvider time)
{
    /// <summary>Prefix of the notes of handles that a profile claimed at some time.</summary>
    public const string ClaimNote = "handle:";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Claims a handle for a profile that has another one.</summary>
    /// <param name="profile">The profile as it was read.</param>
    /// <param name="accountId">Its account.</param>
    /// <param name="handle">The handle wanted, normalised.</param>
    /// <param name="cancellationToken">Stops it; it may be repeated.</param>
    /// <returns>Why it cannot have it, or null.</returns>
    public async ValueTask<Error?> ClaimAsync(ProfileDocument profile, string accountId, string handle, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (profile.HandleChangedAt + options.Value.HandleChangeInterval is { } next && next > now)
        {
            return new HandleChangedLately(next, now);
        }

        // Should the request break off behind the claim, only this tells whose it was.
        await documents.UpsertManyAsync([ReferenceDocument.Of(profile.Id, ClaimNote, handle)], cancellationToken);
        while (true)
        {
            var (claim, refusal) = await registration.ClaimAsync(profile with { Handle = handle }, accountId, cancellationToken);
            if (refusal is not null || claim is not null)
            {
                return refusal;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>The profile with a handle that it has claimed.</summary>
    public ProfileDocument Apply(ProfileDocument profile, string handle)
    {
        var now = time.GetUtcNow();
        return profile with
        {
            Handle = handle,

            // What shows the handle because moderation has not approved a name shows the new one.
            DisplayName = profile.Pending is not null && profile.DisplayName == profile.Handle ? handle : profile.DisplayName,
            HandleChangedAt = now,
            WorkSince = now,
            FormerHandles =
            [
                .. profile.FormerHandles.Where(former => former.Handle != handle && former.Handle != profile.Handle),
                new(profile.Handle, now + options.Value.HandleRedirect),
            ],
        };
    }

    /// <summary>Lets the former handle go when its time is over.</summary>
    public async Task LeaveAsync(string profileId, string former, CancellationToken cancellationToken) =>
        await documents.UpdateAsync<HandleDocument>(
            former, former, found => found.ProfileId == profileId ? found with { Ttl = (int)options.Value.HandleRedirect.TotalSeconds } : null, cancellationToken);
}
