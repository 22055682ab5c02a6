using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// Makes and checks list cursors: the position, authenticated with HMAC-SHA-256 together with the name of the list, in base64url.
/// </summary>
public sealed class Cursors(ServiceKey key)
{
    private const int TagBytes = 16;

    /// <summary>The cursor that continues <paramref name="list"/> behind <paramref name="after"/>; null for null.</summary>
    [return: NotNullIfNotNull(nameof(after))]
    public string? Make(string list, string? after)
    {
        if (after is null)
        {
            return null;
        }

        var position = Encoding.UTF8.GetBytes(after);
        return Base64Url.EncodeToString([.. Tag(list, position), .. position]);
    }

    /// <summary>Reads a cursor; false if it was not made here for this list.</summary>
    public bool TryRead(string cursor, string list, [NotNullWhen(true)] out string? after)
    {
        after = null;
        if (cursor.Length is 0 or > 1024 || !Base64Url.IsValid(cursor, out var length) || length <= TagBytes)
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(cursor);
        var position = bytes.AsSpan(TagBytes);
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, TagBytes), Tag(list, position)))
        {
            return false;
        }

        after = Encoding.UTF8.GetString(position);
        return true;
    }

    private byte[] Tag(string list, ReadOnlySpan<byte> position)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes(list), 0, .. position];
        return HMACSHA256.HashData(key.Bytes, message)[..TagBytes];
    }
}
