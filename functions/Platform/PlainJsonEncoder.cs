using System.Buffers;
using System.Text.Encodings.Web;

namespace ServerlessSocial.Platform;

/// <summary>
/// Escapes in JSON what JSON asks for (RFC 8259, section 7) and the two line separators that JavaScript once took for line ends. Letters of
/// every script and emoji stay themselves: the encoders of the framework write those beyond the basic plane as two escapes of six bytes each.
/// For JSON that is served as JSON and told to be nothing else (<c>nosniff</c>), or stored; not for JSON inside a page.
/// </summary>
public sealed class PlainJsonEncoder : JavaScriptEncoder
{
    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(unit => (char)unit), '"', '\\', '\u007F', '\u2028', '\u2029', .. Enumerable.Range(0xD800, 0x800).Select(unit => (char)unit)]);

    private PlainJsonEncoder()
    {
    }

    /// <summary>The encoder.</summary>
    public static PlainJsonEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\' or 0x7F or 0x2028 or 0x2029;

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) => First(new ReadOnlySpan<char>(text, textLength));

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    /// <summary>Where the first character stands that cannot stay; half a surrogate pair is one. -1 if all can.</summary>
    private static int First(ReadOnlySpan<char> text)
    {
        for (var at = 0; ;)
        {
            var next = text[at..].IndexOfAny(Suspects);
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return at;
            }

            at += 2;
        }
    }
}
