using System.Text;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Media;

/// <summary>
/// Descriptions of pictures. An upload's body is the file, so its description comes as a header: <c>Alt-Text*</c> (RFC 8187: UTF-8, percent-encoded)
/// or, in ASCII, <c>Alt-Text</c>. Not in the address: addresses are shorter and stand in logs.
/// </summary>
public static class AltText
{
    /// <summary>Longest description in grapheme clusters.</summary>
    public const int MaxLength = 1_500;

    /// <summary>Longest header value in characters: half of what servers take of headers in all, and 1,500 letters of any script.</summary>
    public const int MaxHeader = 16_384;

    private const string Plain = "Alt-Text";
    private const string Extended = "Alt-Text*";
    private const string Charset = "UTF-8'";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The description that comes with an upload; null for none.</summary>
    public static (string? Alt, Error? Error) Of(HttpRequest http)
    {
        if (http.Query.ContainsKey("alt"))
        {
            return (null, new InvalidFields("alt", $"Send the description as header {Extended}, or afterwards in the body of PATCH."));
        }

        var extended = http.Headers[Extended].ToString();
        var (field, value) = extended.Length > 0 ? (Extended, Decode(extended)) : (Plain, http.Headers[Plain].ToString());
        if (extended.Length > MaxHeader || value?.Length > MaxHeader)
        {
            return (null, new InvalidFields(field, $"At most {MaxHeader:N0} characters as a header; send longer descriptions in the body of PATCH."));
        }

        if (value is null || (field == Plain && !Ascii.IsValid(value)))
        {
            return (null, new InvalidFields(field, $"{Plain} is ASCII; {Extended} is UTF-8''…, percent-encoded (RFC 8187)."));
        }

        return Check(value, field);
    }

    /// <summary>A description as it is kept, or what is wrong with it.</summary>
    /// <param name="text">What came; null or blank for none.</param>
    /// <param name="field">Where it came from.</param>
    public static (string? Alt, Error? Error) Check(string? text, string field)
    {
        var alt = TextLength.Normalize(text ?? string.Empty);
        return TextLength.Problem(alt, MaxLength, required: false) is { } problem
            ? (null, new InvalidFields(field, problem))
            : (TextLength.IsBlank(alt) ? null : alt, null);
    }

    /// <summary>Decodes <c>UTF-8'language'value</c>; null if it is not of that form.</summary>
    private static string? Decode(string extended)
    {
        if (!extended.StartsWith(Charset, StringComparison.OrdinalIgnoreCase) || extended.IndexOf('\'', Charset.Length) is not (>= 0 and var end))
        {
            return null;
        }

        var value = extended.AsSpan(end + 1);
        var bytes = new List<byte>(value.Length);
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] != '%')
            {
                if (!IsPlain(value[at]))
                {
                    return null;
                }

                bytes.Add((byte)value[at]);
                continue;
            }

            if (at + 2 >= value.Length || !char.IsAsciiHexDigit(value[at + 1]) || !char.IsAsciiHexDigit(value[at + 2]))
            {
                return null;
            }

            bytes.Add(Convert.FromHexString(value.Slice(at + 1, 2))[0]);
            at += 2;
        }

        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The characters that need no encoding (<c>attr-char</c>).</summary>
    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '!' or '#' or '$' or '&' or '+' or '-' or '.' or '^' or '_' or '`' or '|' or '~';
}
