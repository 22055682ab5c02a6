using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Platform.Identity;

/// <summary>
/// Decides, before a function runs, whether the caller may run it, and tells the function who is calling. Both hosts call it.
/// </summary>
public sealed class AccessGate(TokenValidator validator, IDocumentStore documents, TimeProvider time, IOptions<RecentOptions> recent)
{
    private const int CacheLimit = 50_000;

    // A token that was checked once is good until it ends; what its account says is remembered as long as anything recent is.
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);
    private readonly TimeSpan age = TimeSpan.FromSeconds(recent.Value.Seconds);

    /// <summary>Admits the caller or returns the error to answer with.</summary>
    public async ValueTask<Error?> AdmitAsync(HttpContext http, AccessAttribute rule)
    {
        var access = rule.Access;
        if (access == Access.System)
        {
            return new Missing("operation");
        }

        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return access == Access.Anyone ? null : new SignInRequired();
        }

        var entry = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? await IdentifyAsync(header["Bearer ".Length..].Trim(), http.RequestAborted)
            : null;
        if (entry is null or { IsLeaving: true })
        {
            return entry is null ? new TokenRefused() : new AccountDeleted();
        }

        var caller = entry.Caller;
        var suspension = default(Restraint);
        if (caller.ProfileId is { } profileId)
        {
            // Whatever is known of the token: a suspension holds from the next call on, whoever remembers the caller.
            var standing = await documents.FindAsync<StandingDocument>(profileId, profileId, http.RequestAborted);
            caller = caller with { Standing = standing };
            if (standing?.IsModerator == true != caller.IsModerator && (standing?.At(time.GetUtcNow()) is not Standing.Suspended || !caller.IsModerator))
            {
                // Once when the role comes, and once when it goes. Whoever is suspended does not escape by it.
                standing = await documents.SetAsync<StandingDocument>(
                    profileId, profileId, found => (found ?? StandingDocument.Of(profileId)) with { IsModerator = caller.IsModerator }, http.RequestAborted);
                caller = caller with { Standing = standing };
            }

            suspension = standing?.At(time.GetUtcNow()) == Standing.Suspended ? standing.Suspension : null;
        }

        if (suspension is not null && access == Access.Anyone && !rule.WhileSuspended)
        {
            // What anyone may read without a token they read as anyone does: to leave the token out would be no obstacle.
            return null;
        }

        http.SetCaller(caller);
        return access switch
        {
            Access.Profile or Access.Moderator when caller.ProfileId is null => new ProfileRequired(),
            _ when suspension is not null && !rule.WhileSuspended => new AccountSuspended(suspension.Until, suspension.Reason),
            Access.Moderator when !caller.IsModerator => new ModeratorRequired(),
            _ => null,
        };
    }

    /// <summary>Has what accounts say read again at the next call of one: it has just changed.</summary>
    public void Forget(string accountId)
    {
        foreach (var (token, entry) in known)
        {
            if (entry.Identity.AccountId == accountId)
            {
                known.TryRemove(token, out _);
            }
        }
    }

    private async ValueTask<Known?> IdentifyAsync(string token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(token, out var entry) && entry.Identity.Expires > now)
        {
            return entry.Caller.ProfileId is null || entry.ReadAt + age <= now ? await CallerOfAsync(token, entry.Identity, cancellationToken) : entry;
        }

        known.TryRemove(token, out _);
        return await validator.ValidateAsync(token, cancellationToken) is { } identity
            ? await CallerOfAsync(token, identity, cancellationToken)
            : null;
    }

    private async ValueTask<Known> CallerOfAsync(string token, TokenIdentity identity, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var account = await documents.FindAsync<AccountDocument>(identity.AccountId, identity.AccountId, cancellationToken);
        var entry = new Known(identity, new Caller(identity.AccountId, account?.ProfileId, identity.IsModerator), account?.DeletionId is not null, now);
        if (known.Count >= CacheLimit)
        {
            known.Clear();
        }

        known[token] = entry;
        return entry;
    }

    private sealed record Known(TokenIdentity Identity, Caller Caller, bool IsLeaving, DateTimeOffset ReadAt);
}

/// <summary>The operation needs a token.</summary>
public sealed record SignInRequired() : Error(ErrorKind.NotSignedIn, "sign-in-required", "Send a bearer token in the Authorization header.");

/// <summary>The token is not accepted.</summary>
public sealed record TokenRefused() : Error(ErrorKind.NotSignedIn, "token-refused", "The bearer token is not valid or has expired.");

/// <summary>The operation needs a profile.</summary>
public sealed record ProfileRequired() : Error(ErrorKind.Forbidden, "profile-required", "Create a profile first: POST /api/profiles.");

/// <summary>The operation is for moderators.</summary>
public sealed record ModeratorRequired() : Error(ErrorKind.Forbidden, "moderator-required", "This is for moderators.");

/// <summary>The account is being deleted.</summary>
public sealed record AccountDeleted() : Error(
    ErrorKind.Gone, "account-deleted", "This account is being deleted. Once nothing is left of it, the same sign-in may begin anew.");

/// <summary>The caller's account is suspended.</summary>
/// <param name="Until">When that ends; null until it is lifted.</param>
/// <param name="Reason">Why.</param>
public sealed record AccountSuspended(DateTimeOffset? Until, string Reason) : Error(
    ErrorKind.Forbidden,
    "account-suspended",
    $"Your account is suspended {(Until is { } end ? $"until {end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)}" : "until it is lifted")}: {Reason} "
    + "You can read GET /api/me, GET /api/profiles/me/moderation and what anyone may read, appeal by POST /api/profiles/me/moderation/appeal, "
    + "and take along what is yours by POST /api/me/export.");
