using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Provenance;

/// <summary>A key that signs content credentials, on P-256 (ES256).</summary>
/// <param name="Key">Signs. It may lie elsewhere: nothing asks for its private part.</param>
/// <param name="Chain">Certificates in DER, the signer's first.</param>
public sealed record SigningKey(ECDsa Key, IReadOnlyList<ReadOnlyMemory<byte>> Chain)
{
    /// <summary>Names the certificate alone: records print what they hold.</summary>
    public override string ToString() => $"Signing key {Convert.ToHexStringLower(SHA256.HashData(Chain[0].Span))}";
}

/// <summary>Settings of content credentials, bound from the configuration section <see cref="Section"/>.</summary>
public sealed class ProvenanceOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Provenance";

    private const string None = "none";

    /// <summary>
    /// Private key on P-256 and its certificates, the signer's first, as PEM; in Azure a reference to a secret of Key Vault, whose certificates are kept in this
    /// form. <c>none</c> for a key that the service makes itself and keeps in its store.
    /// </summary>
    public string Credential { get; set; } = None;

    /// <summary>Whether every setting is one that can be used.</summary>
    public bool IsValid => !IsGiven || PemKey.Read(Credential) is not null;

    /// <summary>Whether there is one.</summary>
    public bool IsGiven => Credential is not ("" or None);
}

/// <summary>
/// The key of the settings or, where there is none, one that whoever needs it first makes and keeps in the store beside the service's other ones, with a
/// certificate signed by itself: anybody can tell by it that two files come from the same service, and nobody vouches for its name.
/// </summary>
public sealed class SigningKeys(IDocumentStore documents, IOptions<ProvenanceOptions> options, TimeProvider time)
{
    /// <summary>Whom the certificate names, and what makes claims.</summary>
    public const string Name = "ServerlessSocial";

    private const string KeyId = "content-credentials";

    /// <summary>A manifest without a time stamp of somebody else's is valid as long as its certificate.</summary>
    private const int Years = 30;

    private SigningKey? known;

    /// <summary>The key that signs what is made here, the same at every call.</summary>
    public async ValueTask<SigningKey> GetAsync(CancellationToken cancellationToken) =>
        known ??= PemKey.Read(options.Value.IsGiven ? options.Value.Credential : await KeptAsync(cancellationToken))
            ?? throw new InvalidOperationException("The key that signs content credentials cannot be read.");

    private async ValueTask<string> KeptAsync(CancellationToken cancellationToken) => Encoding.UTF8.GetString(Convert.FromBase64String((await documents.SetAsync<ServiceKeyDocument>(
        KeyId, KeyId, found => found ?? new ServiceKeyDocument { Id = KeyId, Secret = Convert.ToBase64String(Encoding.UTF8.GetBytes(Make())) }, cancellationToken))!.Secret));

    /// <summary>A key and a certificate of the profile that C2PA wants (C2PA specification 2.2, section 14.5.1): no authority, signs, for claims.</summary>
    private string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name} content credentials, O={Name}", key, HashAlgorithmName.SHA256);
        var subject = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));

        // To sign claims (c2pa-kp-claimSigning); readers of before there was that purpose want e-mail protection.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.4.1.62558.2.1"), new("1.3.6.1.5.5.7.3.4")], critical: false));
        request.CertificateExtensions.Add(subject);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(subject));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        return $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n";
    }
}

/// <summary>A key with its certificates as PEM (RFC 7468).</summary>
internal static class PemKey
{
    /// <summary>Reads it; null if it is no key on P-256 with its own certificate first.</summary>
    public static SigningKey? Read(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            using var own = certificates.Count > 0 ? certificates[0].GetECDsaPublicKey() : null;
            return key.KeySize == 256 && own is not null && own.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo())
                ? new SigningKey(key, [.. certificates.Select(certificate => (ReadOnlyMemory<byte>)certificate.RawData)])
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }
}
