using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Plans;

/// <summary>
/// Checks who sent an event, as Standard Webhooks has it (github.com/standard-webhooks/standard-webhooks, version 1): HMAC-SHA-256 over
/// <c>{webhook-id}.{webhook-timestamp}.{body}</c> in <c>webhook-signature: v1,{base64}</c>, of which there may be several while a secret is changed.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>Header with the id of the event, which stays the same however often it is sent.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>Header with the moment of this try, in Unix seconds.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>Header with the signatures, separated by spaces.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>Longest id of an event in characters.</summary>
    public const int LongestId = 100;

    /// <summary>How far the moment of a try may be from now, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";
    private const int MostSignatures = 10;

    /// <summary>The bytes of a secret: 24 to 64; null for text that is none.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var bytes = new byte[64];
        return secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[SecretPrefix.Length..], bytes, out var length) && length >= 24
                ? bytes[..length]
                : null;
    }

    /// <summary>Why an event is not taken; null when it was signed with the key, a moment ago.</summary>
    public static Error? Problem(IHeaderDictionary headers, ReadOnlySpan<byte> body, byte[] key, DateTimeOffset now)
    {
        var (id, stamp) = (headers[IdHeader].ToString(), headers[TimestampHeader].ToString());
        if (id.Length is 0 or > LongestId || id.AsSpan().ContainsAnyExceptInRange('!', '~')
            || !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || !IsSigned(headers[SignatureHeader].ToString(), $"{id}.{stamp}.", body, key))
        {
            return new SignatureRefused();
        }

        // Only who knows the secret learns that it is the clock.
        return Math.Abs(now.ToUnixTimeSeconds() - (decimal)seconds) <= (decimal)Tolerance.TotalSeconds ? null : new SignatureStale();
    }

    /// <summary>The signature of a try.</summary>
    public static byte[] Of(string beginning, ReadOnlySpan<byte> body, byte[] key)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.ASCII.GetBytes(beginning));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static bool IsSigned(string sent, string beginning, ReadOnlySpan<byte> body, byte[] key)
    {
        var signature = Of(beginning, body, key);
        var matches = false;
        foreach (var candidate in sent.Split(' ', MostSignatures + 1).Take(MostSignatures).Where(one => one.StartsWith(Version, StringComparison.Ordinal)))
        {
            // In a time that does not tell how much of it is right.
            var bytes = new byte[signature.Length];
            matches |= Convert.TryFromBase64String(candidate[Version.Length..], bytes, out var length)
                & length == bytes.Length
                & CryptographicOperations.FixedTimeEquals(bytes, signature);
        }

        return matches;
    }
}
