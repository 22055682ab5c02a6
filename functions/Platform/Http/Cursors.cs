using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// Makes and checks list cursors: the position, encrypted and authenticated together with the name of the list (AES-256-GCM), in base64url.
/// A position may be the id of something its reader may not know of, so a cursor shows nothing of it but its length. The nonce is made from
/// list and position (HMAC-SHA-256), so that the same page has the same cursor and no nonce serves two positions.
/// </summary>
public sealed class Cursors(ServiceKey key)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Derived once: a page of a feed has two cursors, and deriving keys for each took as long as a fifth of the page.</summary>
    private readonly Lazy<byte[]> encrypting = new(() => KeyFor(key, "cursors: encryption"u8), LazyThreadSafetyMode.PublicationOnly);
    private readonly Lazy<byte[]> naming = new(() => KeyFor(key, "cursors: nonces"u8), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The cursor that continues <paramref name="list"/> behind <paramref name="after"/>; null for null.</summary>
    [return: NotNullIfNotNull(nameof(after))]
    public string? Make(string list, string? after)
    {
        if (after is null)
        {
            return null;
        }

        var name = Encoding.UTF8.GetBytes(list);
        var position = Encoding.UTF8.GetBytes(after);
        var cursor = new byte[NonceBytes + TagBytes + position.Length];
        byte[] named = [.. name, 0, .. position];
        HMACSHA256.HashData(naming.Value, named).AsSpan(0, NonceBytes).CopyTo(cursor);
        using var cipher = new AesGcm(encrypting.Value, TagBytes);
        cipher.Encrypt(cursor.AsSpan(0, NonceBytes), position, cursor.AsSpan(NonceBytes + TagBytes), cursor.AsSpan(NonceBytes, TagBytes), name);
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>Reads a cursor; false if it was not made here for this list.</summary>
    public bool TryRead(string cursor, string list, [NotNullWhen(true)] out string? after)
    {
        after = null;
        if (cursor.Length is 0 or > 1024 || !Base64Url.IsValid(cursor, out var length) || length <= NonceBytes + TagBytes)
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(cursor);
        var position = new byte[bytes.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(encrypting.Value, TagBytes);
        try
        {
            cipher.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), position, Encoding.UTF8.GetBytes(list));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        after = Encoding.UTF8.GetString(position);
        return true;
    }

    private static byte[] KeyFor(ServiceKey key, ReadOnlySpan<byte> purpose)
    {
        var derived = new byte[32];
        HKDF.Expand(HashAlgorithmName.SHA256, key.Bytes, derived, purpose);
        return derived;
    }
}
