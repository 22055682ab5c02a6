using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NetVips;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Provenance;
using ServerlessSocial.Provenance.Manifests;
using ServerlessSocial.Tests.Media;

namespace ServerlessSocial.Tests.Provenance;

/// <summary>Signed pictures, and keys to sign them with.</summary>
internal static class Signed
{
    public static readonly CreatedClaim Claim = new("urn:c2pa:4e3dd064-32ed-414b-b78a-849b3a22b827", "Somebody's program", "their-model-1", new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    /// <summary>A key with a certificate of its own.</summary>
    public static SigningKey Key(string organisation = "Somebody")
    {
        using var certificate = new CertificateRequest($"CN=A person, O={organisation}", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new(certificate.GetECDsaPrivateKey()!, [certificate.RawData]);
    }

    /// <summary>A picture as the service keeps it, without a manifest.</summary>
    public static byte[] Picture(PictureFormat format)
    {
        using var halves = Drawn.Halves(64, 40);
        return format switch
        {
            PictureFormat.Png => halves.PngsaveBuffer(),
            PictureFormat.Jpeg => halves.JpegsaveBuffer(),
            _ => GenerationMarked(halves),
        };
    }

    public static byte[] File(PictureFormat format, SigningKey key, CreatedClaim? claim = null) => ManifestWriter.Sign(format, Picture(format), claim ?? Claim, key);

    /// <summary>With XMP, so that the file has the extended form in which other chunks may stand.</summary>
    private static byte[] GenerationMarked(Image image)
    {
        using var marked = ServerlessSocial.Media.GenerationMark.AddTo(image);
        return marked.WebpsaveBuffer(keep: Enums.ForeignKeep.Xmp);
    }
}
