using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Hosts.Adapters.Identity;

/// <summary>
/// Issuer and keys of any OpenID Connect provider, by discovery (OpenID Connect Discovery 1.0). They are kept for hours and asked for
/// again when a token names a key that is not known, at most every few minutes.
/// </summary>
public sealed class OpenIdConnectKeys : ITokenKeys
{
    private readonly ConfigurationManager<OpenIdConnectConfiguration> discovery;

    /// <summary>Keys of the configured authority.</summary>
    /// <exception cref="InvalidOperationException"><c>Identity:Authority</c> or <c>Identity:Audience</c> is missing.</exception>
    public OpenIdConnectKeys(IOptions<IdentityOptions> options)
    {
        var identity = options.Value;
        if (!Uri.TryCreate(identity.Authority, UriKind.Absolute, out var authority) || identity.Audience.Length == 0)
        {
            throw new InvalidOperationException("Set Identity:Authority to the address of the OpenID Connect provider and Identity:Audience to what its tokens are for.");
        }

        discovery = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever { RequireHttps = !authority.IsLoopback });
    }

    /// <inheritdoc/>
    public async ValueTask<(string? Issuer, IReadOnlyCollection<SecurityKey> Keys)> GetAsync(CancellationToken cancellationToken)
    {
        var configuration = await discovery.GetConfigurationAsync(cancellationToken);
        return (configuration.Issuer, [.. configuration.SigningKeys]);
    }

    /// <inheritdoc/>
    public void Refresh() => discovery.RequestRefresh();
}
