using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Hosts.Local;

/// <summary>
/// The local host's key ring, a file in the data directory: signs tokens with the newest key (ECDSA P-256) and accepts every key in it.
/// A key is replaced after <see cref="Rotation"/> and forgotten when no token it signed can still be valid.
/// </summary>
public sealed class LocalTokenKeys(string path, TimeProvider time) : ITokenKeys
{
    /// <summary>Issuer of local tokens.</summary>
    public const string Issuer = "https://localhost/serverless-social";

    /// <summary>Audience of local tokens.</summary>
    public const string Audience = "serverless-social";

    /// <summary>How long a key signs.</summary>
    public static readonly TimeSpan Rotation = TimeSpan.FromDays(30);

    /// <summary>How long a token lasts.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(30);

    private readonly Lock gate = new();
    private List<Key>? ring;

    /// <inheritdoc/>
    public ValueTask<(string? Issuer, IReadOnlyCollection<SecurityKey> Keys)> GetAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return ValueTask.FromResult<(string?, IReadOnlyCollection<SecurityKey>)>((Issuer, [.. Ring().Select(key => key.Security)]));
        }
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        lock (gate)
        {
            ring = null;
        }
    }

    /// <summary>Issues a token.</summary>
    /// <param name="subject">Who it is for.</param>
    /// <param name="role">A role, such as <c>moderator</c>; null for none.</param>
    public string Issue(string subject, string? role)
    {
        var now = time.GetUtcNow();
        var claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = subject };
        if (role is not null)
        {
            claims["roles"] = new[] { role };
        }

        Key key;
        lock (gate)
        {
            key = Ring()[^1];
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + TokenLifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key.Security, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private List<Key> Ring()
    {
        var now = time.GetUtcNow();
        ring ??= Load();
        if (ring.Count > 0 && now - ring[^1].Created < Rotation)
        {
            return ring;
        }

        ring.RemoveAll(key => now - key.Created > Rotation + TokenLifetime);
        ring.Add(Key.New(now));
        Save();
        return ring;
    }

    private List<Key> Load() => File.Exists(path)
        ? [.. JsonSerializer.Deserialize<List<StoredKey>>(File.ReadAllBytes(path))!.Select(Key.From)]
        : [];

    private void Save()
    {
        PrivateFiles.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".new";
        using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write }.Privately()))
        {
            JsonSerializer.Serialize(stream, ring!.Select(key => key.ToStored()));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private sealed record StoredKey(string Id, DateTimeOffset Created, string Pkcs8);

    private sealed record Key(string Id, DateTimeOffset Created, ECDsaSecurityKey Security)
    {
        public static Key New(DateTimeOffset now) => Of(Ids.New(now), now, ECDsa.Create(ECCurve.NamedCurves.nistP256));

        public static Key From(StoredKey stored)
        {
            var algorithm = ECDsa.Create();
            algorithm.ImportPkcs8PrivateKey(Convert.FromBase64String(stored.Pkcs8), out _);
            return Of(stored.Id, stored.Created, algorithm);
        }

        public StoredKey ToStored() => new(Id, Created, Convert.ToBase64String(Security.ECDsa.ExportPkcs8PrivateKey()));

        private static Key Of(string id, DateTimeOffset created, ECDsa algorithm) => new(id, created, new ECDsaSecurityKey(algorithm) { KeyId = id });
    }
}
