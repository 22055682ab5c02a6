using System.Globalization;
using System.Text;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>
/// Measures and vets what people write. Length is counted in extended grapheme clusters (Unicode UAX #29), which is
/// what a person calls a character, so that a family emoji costs as much as a letter in every script; beside that, the UTF-16 units of a text and
/// its marks in a row are bounded, and both before anything is done with it (<see cref="NormalForms"/>).
/// </summary>
public static class TextLength
{
    /// <summary>
    /// Most combining marks (categories Mn, Mc and Me) one cluster may carry. Living orthographies need fewer than
    /// eight; the stacks known as zalgo use dozens and paint over neighbouring posts.
    /// </summary>
    public const int MaxMarksPerCluster = 16;

    /// <summary>Most UTF-16 units one cluster may take. The longest emoji recommended by Unicode takes 15.</summary>
    public const int MaxUnitsPerCluster = 64;

    private const string TooManyMarks = "The text stacks too many marks on one character.";

    /// <summary>UTF-16 units per allowed cluster that a long text may take on average: 5,000 clusters, 20,000 units.</summary>
    public const int UnitsPerCluster = 4;

    /// <summary>UTF-16 units per allowed cluster that a short text may take: a name may be all family emoji.</summary>
    public const int UnitsPerClusterIfShort = 16;

    /// <summary>Longest text of which <see cref="UnitsPerClusterIfShort"/> counts, in UTF-16 units.</summary>
    public const int ShortUnits = 4_000;

    /// <summary>
    /// Most UTF-16 units of a text of so many clusters, because a limit in clusters alone does not bound bytes: 16 for each cluster up to 4,000,
    /// 4 for each beyond, never more than <see cref="NormalForms.MaxUnits"/>.
    /// </summary>
    public static int MaxUnits(int maxClusters) =>
        (int)Math.Min(NormalForms.MaxUnits, Math.Min((long)maxClusters * UnitsPerClusterIfShort, Math.Max((long)maxClusters * UnitsPerCluster, ShortUnits)));

    /// <summary>
    /// Whether the text can be stored and shown safely: no half surrogate pairs or non-characters, no control
    /// characters but line feed, carriage return and tab, and bidirectional embeddings, overrides and isolates
    /// (U+202A–U+202E, U+2066–U+2069) that are closed in the order they were opened, in the line they were opened in.
    /// Unbalanced ones are refused, not stripped: they turn what follows the text around, and removing them silently
    /// would change what the author saw. Marks that need no closing (U+200E, U+200F, U+061C) are welcome.
    /// </summary>
    public static bool IsWellFormed(string text) => IllFormed(text) is null;

    /// <summary>
    /// The text as it is stored: Unicode NFC, every line ending (CR LF, CR, NEL, U+2028, U+2029) a line feed, no white
    /// space around it. Total: text that has no normal form is only trimmed, and what is out of all bounds stays as it came;
    /// <see cref="Problem"/> refuses both.
    /// </summary>
    public static string Normalize(string text)
    {
        if (!NormalForms.IsBounded(text))
        {
            return text;
        }

        var lines = text.Contains('\r', StringComparison.Ordinal) || text.AsSpan().IndexOfAny('\u0085', '\u2028', '\u2029') >= 0
            ? text.ReplaceLineEndings("\n")
            : text;
        return (HasNormalForm(lines) ? NormalForms.Of(lines, NormalizationForm.FormC) : lines).Trim();
    }

    /// <summary>
    /// Whether there is nothing to see: only white space, format characters, and letters that are drawn as blanks
    /// (Hangul fillers, the empty Braille pattern).
    /// </summary>
    public static bool IsBlank(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var blank = Rune.IsWhiteSpace(rune)
                || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark;
            if (!blank)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Why the text cannot be accepted, as a sentence for its author, or null when it can be. Call it with the outcome
    /// of <see cref="Normalize"/>.
    /// </summary>
    /// <param name="text">The normalised text.</param>
    /// <param name="maxClusters">Most extended grapheme clusters allowed, at least 1.</param>
    /// <param name="required">Whether a text with nothing visible in it is a problem.</param>
    public static string? Problem(string text, int maxClusters, bool required = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxClusters, 1);
        if (text.Length > MaxUnits(maxClusters))
        {
            return $"The text is too long: at most {maxClusters} characters are allowed, which take at most {MaxUnits(maxClusters)} UTF-16 units.";
        }

        if (!NormalForms.IsStreamSafe(text))
        {
            return TooManyMarks;
        }

        if (IllFormed(text) is { } problem)
        {
            return problem;
        }

        if (IsBlank(text))
        {
            return required ? "The text is empty." : null;
        }

        var count = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; count++)
        {
            var length = NormalForms.FirstCluster(rest);
            if (length > MaxUnitsPerCluster || Marks(rest[..length]) > MaxMarksPerCluster)
            {
                return TooManyMarks;
            }

            rest = rest[length..];
        }

        return count > maxClusters ? $"The text has {count} characters; at most {maxClusters} are allowed." : null;
    }

    /// <summary>Whether <see cref="string.Normalize()"/> accepts the text; it throws on half surrogate pairs and U+FFFE.</summary>
    internal static bool HasNormalForm(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var units) != System.Buffers.OperationStatus.Done || IsNonCharacter(rune))
            {
                return false;
            }

            rest = rest[units..];
        }

        return true;
    }

    private static string? IllFormed(string text)
    {
        if (!HasNormalForm(text))
        {
            return "The text contains broken Unicode.";
        }

        var open = new Stack<char>();
        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            {
                return "The text contains control characters.";
            }

            if (!FollowsDirection(c, open))
            {
                return "The text leaves a change of writing direction open.";
            }
        }

        return open.Count == 0 ? null : "The text leaves a change of writing direction open.";
    }

    private static bool FollowsDirection(char c, Stack<char> open)
    {
        switch (c)
        {
            case '\u202A' or '\u202B' or '\u202D' or '\u202E':
                open.Push('\u202C');
                return true;
            case '\u2066' or '\u2067' or '\u2068':
                open.Push('\u2069');
                return true;
            case '\u202C' or '\u2069':
                return open.TryPop(out var expected) && expected == c;
            case '\n' or '\r' or '\u2028' or '\u2029':
                return open.Count == 0;
            default:
                return true;
        }
    }

    private static int Marks(ReadOnlySpan<char> cluster)
    {
        var marks = 0;
        foreach (var rune in cluster.EnumerateRunes())
        {
            marks += NormalForms.IsMark(rune) ? 1 : 0;
        }

        return marks;
    }

    private static bool IsNonCharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
