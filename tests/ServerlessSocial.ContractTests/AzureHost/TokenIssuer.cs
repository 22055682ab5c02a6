using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>An OpenID Connect provider: its discovery document, its key, and tokens for whoever asks in this process.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    /// <summary>What its tokens are for.</summary>
    public const string Audience = "serverless-social";

    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "test" };
    private readonly WebApplication app;

    private TokenIssuer(WebApplication app) => this.app = app;

    /// <summary>Its address, and the issuer of its tokens.</summary>
    public string Authority => app.Urls.First();

    /// <summary>Starts one.</summary>
    public static async Task<TokenIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TokenIssuer(builder.Build());
        issuer.app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = issuer.Authority, jwks_uri = $"{issuer.Authority}/keys" }));
        issuer.app.MapGet("/keys", () => Results.Json(new { keys = new[] { issuer.PublicKey() } }));
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>A token for a subject, perhaps with a role.</summary>
    public string Token(string subject, string? role = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Authority,
        Audience = Audience,
        Expires = DateTime.UtcNow.AddHours(2),
        Claims = role is null ? new Dictionary<string, object> { ["sub"] = subject } : new Dictionary<string, object> { ["sub"] = subject, ["roles"] = new[] { role } },
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Rsa.Dispose();
    }

    private object PublicKey()
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = SecurityAlgorithms.RsaSha256, kid = key.KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }
}
