using System.Buffers;
using System.Globalization;
using System.Text;

namespace ServerlessSocial.Platform.Learning;

/// <summary>
/// Reduces a text to what learned models read: its words in lower case with one blank before, between and after them. Addresses, mentions,
/// hashtags and tokens that are numbers or code are left out, and a letter that is drawn out ("sooooo") counts once. Accents stay: in many
/// languages they are half of what tells words apart.
/// </summary>
public static class FoldedText
{
    /// <summary>A letter is taken to be drawn out from so many in a row; no language triples letters inside a word.</summary>
    private const int DrawnOut = 3;

    private static readonly SearchValues<char> NotOfWords = SearchValues.Create("0123456789_{}<>=\\|");

    /// <summary>Folds a text, which should be in Unicode normalization form C.</summary>
    /// <param name="text">Any string, also one with broken surrogates.</param>
    /// <param name="folded">Where to; words that do not fit any more are not read.</param>
    /// <returns>How many characters were written; 0 when there are no words.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        var length = 0;
        foreach (var range in text.SplitAny(" \t\r\n\u00A0\u3000"))
        {
            var token = text[range];
            if (IsWords(token) && !Append(token, folded, ref length))
            {
                break;
            }
        }

        return length;
    }

    private static bool IsWords(ReadOnlySpan<char> token) =>
        !(token.IsEmpty || token[0] is '#' or '@' or '＃' or '＠'
            || token.ContainsAny(NotOfWords)
            || token.Contains("://", StringComparison.Ordinal)
            || IsDotted(token));

    /// <summary>Whether a dot stands between letters, as in domain names, mail addresses, files and calls.</summary>
    private static bool IsDotted(ReadOnlySpan<char> token)
    {
        var dot = token.IndexOf('.');
        return dot > 0 && dot < token.Length - 1 && char.IsLetter(token[dot - 1]) && char.IsLetter(token[dot + 1]);
    }

    /// <summary>Appends the words of a token, as far as they fit.</summary>
    private static bool Append(ReadOnlySpan<char> token, Span<char> folded, ref int length)
    {
        // One for the blank in front, one for the blank behind, and folding never makes a token longer.
        if (length + token.Length + 2 > folded.Length)
        {
            if (length > 0)
            {
                return false;
            }

            // A language that writes without blanks.
            token = token[..(folded.Length - 2)];
        }

        if (length == 0)
        {
            folded[length++] = ' ';
        }

        var (inWord, previous, run) = (false, default(Rune), 0);
        while (!token.IsEmpty)
        {
            Rune.DecodeFromUtf16(token, out var rune, out var consumed);
            token = token[consumed..];
            if (inWord && rune.Value is '\'' or '\u2019' && !token.IsEmpty && char.IsLetter(token[0]))
            {
                folded[length++] = '\'';
            }
            else if (Rune.IsLetter(rune) || (inWord && IsMark(rune)))
            {
                inWord = true;
                var lower = Lower(rune);
                run = lower == previous ? run + 1 : 1;
                previous = lower;
                length = run switch
                {
                    < DrawnOut => length + lower.EncodeToUtf16(folded[length..]),
                    DrawnOut => length - ((DrawnOut - 2) * lower.Utf16SequenceLength),
                    _ => length,
                };
            }
            else if (inWord)
            {
                folded[length++] = ' ';
                (inWord, previous) = (false, default);
            }
        }

        if (inWord)
        {
            folded[length++] = ' ';
        }
        else if (length == 1)
        {
            length = 0;
        }

        return true;
    }

    /// <summary>Vowel signs and accents that are characters of their own.</summary>
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Lower case by tables of the runtime, the same on every machine; the dotted capital i of Turkish has none there.</summary>
    private static Rune Lower(Rune rune) => rune.Value == 'İ' ? new Rune('i') : Rune.ToLowerInvariant(rune);
}
