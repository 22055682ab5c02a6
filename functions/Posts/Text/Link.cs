using System.Globalization;
using System.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>
/// Finds the end of web addresses in running text, after twitter-text: a host of at least two labels, then as much as can belong to a path and does not rather end the
/// sentence. Hand-written, so that each address is looked at once. Two things differ: no register of top-level domains is asked (it
/// changes by the week, and old posts would with it), and paths may have letters of any script that writes spaces between words.
/// </summary>
internal static class Link
{
    /// <summary>Longest address that counts as one, in UTF-16 units: what browsers and servers take.</summary>
    public const int MaxUnits = 2_048;

    private const int MaxHost = 253;
    private const int MaxLabel = 63;
    private const int MaxPort = 5;

    /// <summary>How far a closing bracket is looked for.</summary>
    private const int MaxBrackets = 256;

    private static readonly IdnMapping Idn = new();

    /// <summary>Where the address ends whose host begins at <paramref name="host"/>; -1 if there is none.</summary>
    public static int End(ReadOnlySpan<char> text, int host)
    {
        var end = HostEnd(text[host..]);
        if (end < 0)
        {
            return -1;
        }

        end += host;
        if (end < text.Length && text[end] == ':')
        {
            var digits = Digits(text[(end + 1)..]);
            end += digits > 0 ? digits + 1 : 0;
        }

        // What stands before the sign would be a user's name, which is only there to deceive.
        if (end < text.Length && text[end] is '@' or '＠')
        {
            return -1;
        }

        return end < text.Length && text[end] is '/' or '?' or '#' ? TailEnd(text, end) : end;
    }

    /// <summary>The absolute URL of an address, in ASCII: the host as DNS knows it (UTS #46), everything else percent-encoded. Null for none with http or https.</summary>
    public static string? Target(string address)
    {
        if (address.Length > MaxUnits || !Uri.TryCreate(address, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.UserInfo.Length > 0)
        {
            return null;
        }

        try
        {
            var host = Ascii.IsValid(url.Host) ? url.Host : Idn.GetAscii(url.Host);
            return host.Length > MaxHost || host.Split('.').Any(label => label.Length is 0 or > MaxLabel)
                ? null
                : string.Concat(url.Scheme, "://", host, url.IsDefaultPort ? null : $":{url.Port.ToString(CultureInfo.InvariantCulture)}",
                    url.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment | UriComponents.KeepDelimiter, UriFormat.UriEscaped));
        }
        catch (ArgumentException)
        {
            // A host that cannot be written in DNS.
            return null;
        }
    }

    /// <summary>
    /// Where what belongs to an address that is none of ours ends, at a place within it: at the latest where a link would.
    /// </summary>
    public static int SkipFrom(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && Rune.DecodeFromUtf16(text[from..], out var rune, out var units) == System.Buffers.OperationStatus.Done
            && (IsTail(rune) || rune.Value is '(' or ')' or '?'))
        {
            from += units;
        }

        return from;
    }

    /// <summary>Length of a port in digits, at most five.</summary>
    public static int Digits(ReadOnlySpan<char> text)
    {
        var digits = 0;
        while (digits < Math.Min(text.Length, MaxPort) && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        return digits;
    }

    private static int HostEnd(ReadOnlySpan<char> text)
    {
        var at = 0;
        var before = default(ReadOnlySpan<char>);
        for (var labels = 0; at <= MaxHost; labels++)
        {
            var length = LabelLength(text[at..]);
            var label = text.Slice(at, length);
            if (!IsLabel(label))
            {
                return -1;
            }

            // "example.comです" ends within the label: an ASCII domain, and then the sentence goes on.
            if (labels > 0 && AsciiBeforeScript(label) is var ascii and >= 2)
            {
                return IsDomain(before) ? at + ascii : -1;
            }

            at += length;
            if (at + 1 >= text.Length || text[at] != '.' || LabelLength(text[(at + 1)..]) == 0)
            {
                return labels > 0 && IsTopLevel(label) && IsDomain(before) ? at : -1;
            }

            at++;
            before = label;
        }

        return -1;
    }

    /// <summary>Letters, marks, digits and symbols of any script, hyphens and underscores.</summary>
    private static int LabelLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length <= MaxHost && Rune.DecodeFromUtf16(text[length..], out var rune, out var units) == System.Buffers.OperationStatus.Done && IsOfLabel(rune))
        {
            length += units;
        }

        return length;
    }

    private static bool IsOfLabel(Rune rune) => rune.IsAscii
        ? Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_'
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol || IsLetterLike(rune);

    private static bool IsLabel(ReadOnlySpan<char> label) =>
        label.Length is > 0 and <= MaxLabel && label[0] is not ('-' or '_') && label[^1] is not ('-' or '_')
        && (!label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) || Ascii.IsValid(label));

    /// <summary>The label under which a domain is registered has no underscores.</summary>
    private static bool IsDomain(ReadOnlySpan<char> label) => !label.Contains('_');

    private static bool IsTopLevel(ReadOnlySpan<char> label)
    {
        if (label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var ascii = char.IsAscii(label[0]);
        foreach (var rune in label.EnumerateRunes())
        {
            if (rune.IsAscii != ascii || !(ascii ? Rune.IsLetter(rune) : IsLetterLike(rune)))
            {
                return false;
            }
        }

        return label.Length >= 2;
    }

    /// <summary>How many ASCII letters a label begins with before a script without spaces; 0 for any other label.</summary>
    private static int AsciiBeforeScript(ReadOnlySpan<char> label)
    {
        var letters = 0;
        while (letters < label.Length && char.IsAsciiLetter(label[letters]))
        {
            letters++;
        }

        return letters < label.Length && Rune.DecodeFromUtf16(label[letters..], out var next, out _) == System.Buffers.OperationStatus.Done
            && TagCharacters.IsWrittenWithoutSpaces(next) ? letters : 0;
    }

    /// <summary>Path, query and fragment: up to the last character that ends one, outside brackets that were never closed.</summary>
    private static int TailEnd(ReadOnlySpan<char> text, int from)
    {
        var (end, depth, opened, query) = (from, 0, 0, false);
        for (int at = from, units; at < text.Length && Rune.DecodeFromUtf16(text[at..], out var rune, out units) == System.Buffers.OperationStatus.Done; at += units)
        {
            if (depth > 0 && at - opened > MaxBrackets)
            {
                break;
            }

            if (rune.Value == '(')
            {
                opened = depth++ == 0 ? at : opened;
            }
            else if (rune.Value == ')')
            {
                if (--depth < 0)
                {
                    break;
                }

                end = depth == 0 ? at + 1 : end;
            }
            else if (rune.Value == '?')
            {
                query = true;
            }
            else if (!IsTail(rune))
            {
                break;
            }
            else if (depth == 0 && (IsLetterLike(rune) || rune.Value is '=' or '_' or '#' or '/' or '+' or '-' || (query && rune.Value == '&')))
            {
                end = at + units;
            }
        }

        return end;
    }

    private static bool IsTail(Rune rune) => rune.IsAscii
        ? Rune.IsLetterOrDigit(rune) || "!*';:=+,.$/%#[]-_~@|&".Contains((char)rune.Value, StringComparison.Ordinal)
        : rune.Value == '–' || (IsLetterLike(rune) && !TagCharacters.IsWrittenWithoutSpaces(rune) && rune.Value is not (>= 0xFF00 and <= 0xFFEF));

    private static bool IsLetterLike(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
