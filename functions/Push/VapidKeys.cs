using System.Buffers.Text;
using System.Security.Cryptography;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Push;

/// <summary>The keys by which push services know this one (RFC 8292), on P-256.</summary>
/// <param name="PublicKey">An uncompressed point, 65 bytes, base64url: what browsers subscribe with as <c>applicationServerKey</c>.</param>
/// <param name="PrivateKey">32 bytes, base64url. A secret.</param>
public sealed record VapidKeyPair(string PublicKey, string PrivateKey)
{
    /// <summary>Names the public key alone: records print what they hold.</summary>
    public override string ToString() => $"VAPID {PublicKey}";
}

/// <summary>
/// Keeps the keys: made once, by whoever needs them first, and kept in the store beside the service's other ones. Every subscription is bound to them, so that
/// they are never replaced.
/// </summary>
public sealed class VapidKeys(IDocumentStore documents)
{
    private const string KeyId = "vapid";

    private VapidKeyPair? known;

    /// <summary>The keys.</summary>
    public async ValueTask<VapidKeyPair> GetAsync(CancellationToken cancellationToken) => known ??= Read((await documents.SetAsync<ServiceKeyDocument>(
        KeyId, KeyId, found => found ?? new ServiceKeyDocument { Id = KeyId, Secret = Make() }, cancellationToken))!.Secret);

    private static string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    private static VapidKeyPair Read(string secret)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(secret), out _);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        return new(Base64Url.EncodeToString([4, .. parameters.Q.X!, .. parameters.Q.Y!]), Base64Url.EncodeToString(parameters.D));
    }
}
