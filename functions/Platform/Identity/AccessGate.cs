using System.Collections.Concurrent;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Platform.Identity;

/// <summary>
/// Decides, before a function runs, whether the caller may run it, and tells the function who is calling. Both hosts call it.
/// </summary>
public sealed class AccessGate(TokenValidator validator, IDocumentStore documents, TimeProvider time)
{
    private const int CacheLimit = 50_000;

    // A token that was checked once is good until it ends; a profile, once claimed, stays with its account.
    private readonly ConcurrentDictionary<string, (TokenIdentity Identity, Caller Caller)> known = new(StringComparer.Ordinal);

    /// <summary>Admits the caller or returns the error to answer with.</summary>
    public async ValueTask<Error?> AdmitAsync(HttpContext http, Access access)
    {
        if (access == Access.System)
        {
            return new Missing("operation");
        }

        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return access == Access.Anyone ? null : new SignInRequired();
        }

        var caller = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? await IdentifyAsync(header["Bearer ".Length..].Trim(), http.RequestAborted)
            : null;
        if (caller is null)
        {
            return new TokenRefused();
        }

        http.SetCaller(caller);
        return access switch
        {
            Access.Profile or Access.Moderator when caller.ProfileId is null => new ProfileRequired(),
            Access.Moderator when !caller.IsModerator => new ModeratorRequired(),
            _ => null,
        };
    }

    private async ValueTask<Caller?> IdentifyAsync(string token, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(token, out var entry) && entry.Identity.Expires > time.GetUtcNow())
        {
            return entry.Caller.ProfileId is null ? await CallerOfAsync(token, entry.Identity, cancellationToken) : entry.Caller;
        }

        known.TryRemove(token, out _);
        return await validator.ValidateAsync(token, cancellationToken) is { } identity
            ? await CallerOfAsync(token, identity, cancellationToken)
            : null;
    }

    private async ValueTask<Caller> CallerOfAsync(string token, TokenIdentity identity, CancellationToken cancellationToken)
    {
        var account = await documents.FindAsync<AccountDocument>(identity.AccountId, identity.AccountId, cancellationToken);
        var caller = new Caller(identity.AccountId, account?.ProfileId, identity.IsModerator);
        if (known.Count >= CacheLimit)
        {
            known.Clear();
        }

        known[token] = (identity, caller);
        return caller;
    }
}

/// <summary>The operation needs a token.</summary>
public sealed record SignInRequired() : Error(ErrorKind.NotSignedIn, "sign-in-required", "Send a bearer token in the Authorization header.");

/// <summary>The token is not accepted.</summary>
public sealed record TokenRefused() : Error(ErrorKind.NotSignedIn, "token-refused", "The bearer token is not valid or has expired.");

/// <summary>The operation needs a profile.</summary>
public sealed record ProfileRequired() : Error(ErrorKind.Forbidden, "profile-required", "Create a profile first: POST /api/profiles.");

/// <summary>The operation is for moderators.</summary>
public sealed record ModeratorRequired() : Error(ErrorKind.Forbidden, "moderator-required", "This is for moderators.");
