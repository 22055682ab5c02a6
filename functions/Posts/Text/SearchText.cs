using System.Globalization;
using System.Text;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>
/// A text in the two forms in which phrases are looked for, after Unicode's asymmetric search (UTS #10, section 8.2): one with its accents, for phrases that
/// have some, and one without, for those that have none. So <c>cafe</c> finds <c>Café</c>, and <c>schön</c> does not find <c>schon</c>.
/// </summary>
/// <param name="Marked">NFKC with full case folding; one space for any white space; nothing that is not seen, no vowel points of Hebrew and Arabic.</param>
/// <param name="Unmarked">The same without accents on Latin and Greek letters. Marks of other scripts make other letters (<c>й</c>, <c>が</c>, Thai vowels), and stay.</param>
internal readonly record struct SearchText(string Marked, string Unmarked)
{
    private const int Tatweel = 0x0640;

    /// <summary>Folds a text. Linear but for normalisation, which is bounded (see <see cref="NormalForms"/>).</summary>
    public static SearchText Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            var ascii = IsSpaced(text) ? text.ToLowerInvariant() : Fold(text);
            return new(ascii, ascii);
        }

        // Folding can undo composition.
        var marked = NormalForms.OfBounded(Fold(NormalForms.OfBounded(text, NormalizationForm.FormKC)), NormalizationForm.FormC);
        return new(marked, HasAccents(marked) ? WithoutAccents(marked) : marked);
    }

    /// <summary>Whether Latin or Greek letters with accents, or accents by themselves, may be in a text: in most scripts there are none to take off.</summary>
    private static bool HasAccents(ReadOnlySpan<char> marked) => marked.IndexOfAnyInRange('\u00C0', '\u03FF') >= 0 || marked.IndexOfAnyInRange('\u1E00', '\u1FFF') >= 0;

    private static bool IsSpaced(string ascii) => ascii.AsSpan().IndexOfAny('\n', '\t', '\r') < 0 && !ascii.Contains("  ", StringComparison.Ordinal);

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                folded.Append(folded.Length > 0 && folded[^1] == ' ' ? string.Empty : " ");
            }
            else if (!IsIgnored(rune))
            {
                CaseFolding.Append(folded, rune);
            }
        }

        return folded.ToString();
    }

    /// <summary>Joiners, direction marks, soft hyphens, variation selectors; the stretching dash and the points that are seldom written.</summary>
    private static bool IsIgnored(Rune rune) => rune.Value switch
    {
        Tatweel => true,
        (>= 0x0591 and <= 0x05BD) or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4 or 0x05C5 or 0x05C7 => true,
        (>= 0x0610 and <= 0x061A) or (>= 0x064B and <= 0x0652) or 0x0670 or (>= 0x06D6 and <= 0x06DC) => true,
        (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => true,
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format,
    };

    private static string WithoutAccents(string marked)
    {
        var decomposed = NormalForms.OfBounded(marked, NormalizationForm.FormD);
        var bare = new StringBuilder(decomposed.Length);
        var onLetter = false;
        foreach (var rune in decomposed.EnumerateRunes())
        {
            if (rune.Value is >= 0x0300 and <= 0x036F)
            {
                if (onLetter)
                {
                    continue;
                }
            }
            else
            {
                onLetter = rune.Value is (>= 'a' and <= 'z') or (>= 0x00DF and <= 0x024F) or (>= 0x0370 and <= 0x03FF) or (>= 0x1E00 and <= 0x1FFF);
            }

            bare.Append(rune.ToString());
        }

        return NormalForms.OfBounded(bare.ToString(), NormalizationForm.FormC);
    }
}
