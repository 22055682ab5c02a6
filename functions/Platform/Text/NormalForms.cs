using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Platform.Text;

/// <summary>
/// The one place where text is brought into a normal form of Unicode (UAX #15) and divided into grapheme clusters (UAX #29), and the bounds
/// within which that is cheap. Normalising sorts the marks that follow a letter, which takes time in the square of their number: half a megabyte
/// of them takes a minute. So text from outside is measured first, by a look at each of its characters, and what is out of bounds is refused
/// as it came.
/// </summary>
public static class NormalForms
{
    /// <summary>Most UTF-16 units of any one text that comes in.</summary>
    public const int MaxUnits = 20_000;

    /// <summary>Most marks in a row: stream-safe text (UAX #15, section 13) has at most 30 non-starters.</summary>
    public const int MaxMarks = 30;

    /// <summary>Most UTF-16 units that are normalised at once: a post of <see cref="MaxUnits"/> with its warning and the descriptions of its pictures.</summary>
    public const int MaxTogether = 64 * 1024;

    private static readonly Counter<long> Normalized = ServiceTelemetry.Meter.CreateCounter<long>(
        "serverless_social.text.normalized", "{unit}", "UTF-16 units that were brought into a normal form.");

    /// <summary>Whether a text from outside may be normalised: at most <see cref="MaxUnits"/> long, and stream-safe. Linear in what it looks at, which is bounded.</summary>
    public static bool IsBounded(ReadOnlySpan<char> text) => text.Length <= MaxUnits && IsStreamSafe(text);

    /// <summary>Whether no more than <see cref="MaxMarks"/> marks stand in a row. Linear.</summary>
    public static bool IsStreamSafe(ReadOnlySpan<char> text)
    {
        var marks = default(MarkRun);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!marks.Takes(rune))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The normal form of a text.</summary>
    /// <param name="text">Valid Unicode, stream-safe, and at most <see cref="MaxTogether"/> long.</param>
    /// <param name="form">Which form.</param>
    /// <exception cref="ArgumentException">The text is none of that: whoever calls has not measured it.</exception>
    public static string Of(string text, NormalizationForm form)
    {
        if (text.Length > MaxTogether || !IsStreamSafe(text))
        {
            throw new ArgumentException("The text is out of the bounds within which it may be normalised.", nameof(text));
        }

        Normalized.Add(text.Length);
        return text.Normalize(form);
    }

    /// <summary>The normal form of a text, or the text as it is where that is out of bounds: for what only compares.</summary>
    public static string OfBounded(string text, NormalizationForm form) => text.Length <= MaxTogether && IsStreamSafe(text) ? Of(text, form) : text;

    /// <summary>Counts the extended grapheme clusters of a text, in linear time and without allocating.</summary>
    public static int Clusters(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var rest = text; !rest.IsEmpty; rest = rest[FirstCluster(rest)..])
        {
            count++;
        }

        return count;
    }

    /// <summary>The extended grapheme clusters of a text, in its order.</summary>
    public static IEnumerable<string> ClustersOf(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = FirstCluster(text.AsSpan(at));
            yield return text.Substring(at, length);
            at += length;
        }
    }

    /// <summary>Whether a character is a mark that combines with the letter before it (categories Mn, Mc and Me).</summary>
    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Length of the first grapheme cluster in UTF-16 units; 0 of nothing.</summary>
    public static int FirstCluster(ReadOnlySpan<char> text) => StringInfo.GetNextTextElementLength(text);
}

/// <summary>Counts marks in a row, for whoever goes through a text character by character.</summary>
public struct MarkRun
{
    private int length;

    /// <summary>Whether the next character leaves the text stream-safe.</summary>
    public bool Takes(Rune rune)
    {
        length = IsMark(rune) ? length + 1 : 0;
        return length <= NormalForms.MaxMarks;
    }

    /// <summary>
    /// Whether a character may be, or begin with, a non-starter once it is decomposed. The runtime does not tell combining classes; all
    /// characters with one are marks (categories Mn, Mc, Me), besides the half-width sound marks of kana, which become ones.
    /// </summary>
    private static bool IsMark(Rune rune) => rune.Value >= 0x300 && (rune.Value is 0xFF9E or 0xFF9F || NormalForms.IsMark(rune));
}
