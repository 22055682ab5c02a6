using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Identity;

/// <summary>Settings section <c>Identity</c>: whose tokens are accepted.</summary>
public sealed class IdentityOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Identity";

    /// <summary>Address of the OpenID Connect provider; its discovery document names issuer and keys. Unused by the local host.</summary>
    public string Authority { get; set; } = string.Empty;

    /// <summary>Expected issuer (<c>iss</c>) where there is no discovery.</summary>
    public string Issuer { get; set; } = string.Empty;

    /// <summary>Expected audience (<c>aud</c>).</summary>
    public string Audience { get; set; } = string.Empty;

    /// <summary>Claim that holds roles, a string or an array.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Role that makes a moderator.</summary>
    public string ModeratorRole { get; set; } = "moderator";
}

/// <summary>Where the keys that sign tokens come from: a key ring on disk locally, OpenID Connect discovery elsewhere.</summary>
public interface ITokenKeys
{
    /// <summary>The keys valid now, and the issuer they belong to (null: the configured one).</summary>
    ValueTask<(string? Issuer, IReadOnlyCollection<SecurityKey> Keys)> GetAsync(CancellationToken cancellationToken);

    /// <summary>Asks for the keys again, after a token named one that is not known: keys rotate.</summary>
    void Refresh();
}

/// <summary>What a valid token says.</summary>
/// <param name="AccountId">Keyed hash of issuer and subject.</param>
/// <param name="IsModerator">Whether it carries the moderator role.</param>
/// <param name="Expires">When it ends.</param>
public sealed record TokenIdentity(string AccountId, bool IsModerator, DateTimeOffset Expires);

/// <summary>Checks bearer tokens (JWT, RFC 7519 and 8725) for both hosts: issuer, audience, expiry, signature, algorithm.</summary>
public sealed class TokenValidator(ITokenKeys keys, IOptions<IdentityOptions> options, ServiceKey secret, TimeProvider time)
{
    /// <summary>Longest token that is looked at, in characters.</summary>
    public const int MaxLength = 8 * 1024;

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = MaxLength, MapInboundClaims = false };

    /// <summary>Checks a token; null if it is not accepted, whatever the reason.</summary>
    public async ValueTask<TokenIdentity?> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > MaxLength)
        {
            return null;
        }

        var result = await TryAsync(token, cancellationToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            keys.Refresh();
            result = await TryAsync(token, cancellationToken);
        }

        // Nothing is understood here that a token could call critical (RFC 7515, section 4.1.11), and the library does not look.
        return result is { IsValid: true, SecurityToken: JsonWebToken { Subject.Length: > 0 } jwt } && !jwt.TryGetHeaderValue<object>("crit", out _)
            ? new(secret.AccountIdOf(jwt.Issuer, jwt.Subject), HasRole(jwt), new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero))
            : null;
    }

    private async Task<TokenValidationResult> TryAsync(string token, CancellationToken cancellationToken)
    {
        var (issuer, signingKeys) = await keys.GetAsync(cancellationToken);
        return await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer ?? options.Value.Issuer,
            ValidAudience = options.Value.Audience,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = signingKeys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            TryAllIssuerSigningKeys = false,
            // The library's own check reads the wall clock; this one reads ours.
            LifetimeValidator = (notBefore, expires, _, _) => Lasts(notBefore, expires),
        });
    }

    private bool Lasts(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires > now - ClockSkew && (notBefore is null || notBefore < now + ClockSkew);
    }

    private bool HasRole(JsonWebToken jwt) =>
        jwt.Claims.Any(claim => claim.Type == options.Value.RoleClaim && claim.Value == options.Value.ModeratorRole);
}
