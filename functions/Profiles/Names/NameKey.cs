using System.Globalization;
using System.Text;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Profiles.Names;

/// <summary>
/// What a name looks like, so that names that look alike have the same key: the skeleton of UTS #39 (section 4: canonical decomposition, default-ignorable
/// characters left out, each character replaced by its prototype), without case and marks, and with digits and signs read as the letters they are used
/// for. Keys are for comparison and are never shown. Pure.
/// </summary>
public static class NameKey
{
    /// <summary>The words of a name, as keys: divided at everything that is no letter or digit, and where a capital follows a small letter.</summary>
    /// <remarks>Letters that stand alone are read together: <c>a d m i n</c> is one word.</remarks>
    public static IReadOnlyList<string> Words(string name)
    {
        var words = new List<string>();
        var alone = new StringBuilder();
        foreach (var word in Split(Visible(name)))
        {
            if (NormalForms.FirstCluster(word) == word.Length)
            {
                alone.Append(word);
                continue;
            }

            Flush();
            words.Add(Fold(word));
        }

        Flush();
        return words;

        void Flush()
        {
            if (alone.Length > 0)
            {
                words.Add(Fold(alone.ToString()));
                alone.Clear();
            }
        }
    }

    /// <summary>The whole name as one key, without what divides its words.</summary>
    public static string Of(string name) => string.Concat(Words(name));

    /// <summary>
    /// A word as it looks. Lower case first, because many capitals look like others' small letters; what has a prototype only as a capital is lowered after.
    /// </summary>
    public static string Fold(string word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var rune in NormalForms.OfBounded(Prototypes(Prototypes(word.ToLowerInvariant()).ToLowerInvariant()), NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                folded.Append(AsLetter(rune));
            }
        }

        return folded.ToString();
    }

    /// <summary>
    /// The name without characters that are not seen: Unicode's default-ignorable ones, as far as they are format characters, fillers and variation
    /// selectors. What is no well-formed Unicode has no normal form, and is refused elsewhere.
    /// </summary>
    private static string Visible(string name)
    {
        var visible = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (!IsIgnorable(rune))
            {
                visible.Append(rune);
            }
        }

        return NormalForms.OfBounded(visible.ToString(), NormalizationForm.FormD);
    }

    private static bool IsIgnorable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or 0x2800
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);

    private static IEnumerable<string> Split(string name)
    {
        var word = new StringBuilder();
        var small = false;
        var runes = name.EnumerateRunes().ToList();
        for (var i = 0; i < runes.Count; i++)
        {
            var rune = runes[i];
            var mark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
            var belongs = mark || IsLetter(rune) || (IsSign(rune) && i + 1 < runes.Count && IsLetter(runes[i + 1]));
            if (word.Length > 0 && (!belongs || (small && Rune.IsUpper(rune))))
            {
                yield return word.ToString();
                word.Clear();
            }

            if (belongs)
            {
                word.Append(rune);
                small = mark ? small : Rune.IsLower(rune);
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    /// <summary>Letters and digits, and what is drawn like them or holds one.</summary>
    private static bool IsLetter(Rune rune) => Rune.IsLetterOrDigit(rune) || (!rune.IsAscii && (Confusables.PrototypeOf(rune) ?? Compatible(rune)) is [var first, ..] && char.IsLetterOrDigit(first));

    /// <summary>Signs that are used as letters, before another one.</summary>
    private static bool IsSign(Rune rune) => rune.Value is '@' or '$' or '!' or '|' or '€';

    private static string Prototypes(string text)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in NormalForms.OfBounded(text, NormalizationForm.FormD).EnumerateRunes())
        {
            mapped.Append(Confusables.PrototypeOf(rune) ?? Compatible(rune));
        }

        return mapped.ToString();
    }

    /// <summary>Letters in circles, squares and superscript are no prototypes' likenesses by the table, and read as themselves all the same.</summary>
    private static string Compatible(Rune rune) =>
        rune.IsAscii ? rune.ToString() : NormalForms.Of(rune.ToString(), NormalizationForm.FormKC) is { Length: > 0 } plain && plain.All(char.IsLetterOrDigit) ? plain.ToLowerInvariant() : rune.ToString();

    /// <summary>What is written for a letter; i and l are drawn alike often enough to be one.</summary>
    private static char[] AsLetter(Rune rune) => rune.Value switch
    {
        'i' or '1' or '!' or '|' => ['l'],
        '0' => ['o'],
        '3' or '€' => ['e'],
        '4' or '@' => ['a'],
        '5' or '$' => ['s'],
        '7' => ['t'],
        '8' => ['b'],
        _ => rune.ToString().ToCharArray(),
    };
}
