using System.Globalization;
using System.Text;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Profiles.Names;

/// <summary>How a name is read where letters look like one thing and belong to another.</summary>
[Flags]
public enum NameReading
{
    /// <summary>Each character as it is drawn: the capital Cyrillic М is an M.</summary>
    Drawn = 0,

    /// <summary>As if all were small: <c>ΝΊΚΟΣ</c> and <c>Νίκος</c> are one name.</summary>
    Small = 1,

    /// <summary>As if all were capitals, many more of which look alike across scripts: <c>ΜOΝΑ</c> and <c>μονα</c>, whatever script each letter is of.</summary>
    Capital = 2,

    /// <summary>Without letters that are ornaments as often: flags, squares, parentheses. May be added to the others.</summary>
    Plain = 4,
}

/// <summary>
/// What a name looks like, so that names that look alike have the same key: the skeleton of UTS #39 (section 4: canonical decomposition, default-ignorable
/// characters left out, each character replaced by its prototype), without case and marks, and with digits and signs read as the letters they are used
/// for. Prototypes are those of <see cref="Confusables"/>, and of <see cref="Lookalikes"/> where it stops. A letter and its capital may look like different ones (Ν
/// is an N, ν a v), so a name has as many keys as it has readings that differ, most have one; names look alike when they share one. Keys are for comparison
/// and are never shown. Pure.
/// </summary>
public static class NameKey
{
    private static readonly NameReading[] Readings =
        [NameReading.Drawn, NameReading.Small, NameReading.Capital, NameReading.Plain, NameReading.Plain | NameReading.Small, NameReading.Plain | NameReading.Capital];

    /// <summary>The words of a name, as keys: divided at everything that is no letter or digit, and where a capital follows a small letter.</summary>
    /// <remarks>Letters that stand alone are read together: <c>a d m i n</c> is one word.</remarks>
    public static IReadOnlyList<string> Words(string name, NameReading reading = NameReading.Drawn) => Words(name, word => Fold(word, reading), reading);

    /// <summary>The whole name as one key, without what divides its words.</summary>
    public static string Of(string name, NameReading reading = NameReading.Drawn) => string.Concat(Words(name, reading));

    /// <summary>The whole name as a key in every reading, each key once.</summary>
    public static IReadOnlyList<string> AllOf(string name) => [.. ReadingsOf(name).Select(reading => Of(name, reading)).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// The key as it was before there were several: small letters first, prototypes of Unicode's table alone. Names of known profiles that have not changed since
    /// are kept under it, so that it has to be looked for, too.
    /// </summary>
    public static string Former(string name) => string.Concat(Words(name, FormerFold, NameReading.Drawn));

    /// <summary>Readings that a name may differ in.</summary>
    public static IEnumerable<NameReading> ReadingsOf(string name) => name.EnumerateRunes().Any(IsOrnament) ? Readings : Readings.Take(3);

    /// <summary>
    /// A word as it looks in one reading. Prototypes are taken again of what the first are in lower case, because capitals have others than small letters, and one
    /// key is wanted for both.
    /// </summary>
    public static string Fold(string word, NameReading reading = NameReading.Drawn)
    {
        var read = reading.HasFlag(NameReading.Small) ? word.ToLowerInvariant() : reading.HasFlag(NameReading.Capital) ? word.ToUpperInvariant() : word;
        return Letters(Drawn(Drawn(Drawn(read).ToLowerInvariant()).ToLowerInvariant()));
    }

    private static string FormerFold(string word) => Letters(Prototypes(Prototypes(word.ToLowerInvariant()).ToLowerInvariant()));

    private static List<string> Words(string name, Func<string, string> fold, NameReading reading)
    {
        var words = new List<string>();
        var alone = new StringBuilder();
        foreach (var word in Split(Visible(name, reading)))
        {
            if (NormalForms.FirstCluster(word) == word.Length)
            {
                alone.Append(word);
                continue;
            }

            Flush();
            words.Add(fold(word));
        }

        Flush();
        return words;

        void Flush()
        {
            if (alone.Length > 0)
            {
                words.Add(fold(alone.ToString()));
                alone.Clear();
            }
        }
    }

    private static string Letters(string drawn)
    {
        var folded = new StringBuilder(drawn.Length);
        foreach (var rune in NormalForms.OfBounded(drawn, NormalizationForm.FormD).EnumerateRunes())
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
    private static string Visible(string name, NameReading reading)
    {
        var visible = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (!IsIgnorable(rune) && !(reading.HasFlag(NameReading.Plain) && IsOrnament(rune)))
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

    /// <summary>A symbol that holds a letter, and that Unicode does not take for the letter: two make a flag, one is an ornament.</summary>
    private static bool IsOrnament(Rune rune) =>
        !rune.IsAscii && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol && Lookalikes.LetterOf(rune) is not null && Compatible(rune) == rune.ToString();

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
    private static bool IsLetter(Rune rune) => Rune.IsLetterOrDigit(rune) || (!rune.IsAscii && (Lookalikes.LetterOf(rune)?.ToString() ?? Confusables.PrototypeOf(rune) ?? Compatible(rune)) is [var first, ..] && char.IsLetterOrDigit(first));

    /// <summary>Signs that are used as letters, before another one.</summary>
    private static bool IsSign(Rune rune) => rune.Value is '@' or '$' or '!' or '|' or '€';

    /// <summary>Each character as the letters it is drawn like, as far as it is; modifier letters that are no letter's likeness are not seen as one.</summary>
    private static string Drawn(string text)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in NormalForms.OfBounded(text, NormalizationForm.FormD).EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                mapped.Append(Confusables.PrototypeOf(rune) ?? rune.ToString());
                continue;
            }

            // "(a)" is a.
            var likeness = Confusables.PrototypeOf(rune) ?? Compatible(rune);
            var letters = likeness == rune.ToString() || likeness.Any(char.IsLetterOrDigit) ? likeness : Lookalikes.LetterOf(rune)?.ToString() ?? likeness;
            letters = letters is ['(', .. var inner, ')'] ? inner : letters;
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.ModifierLetter && (letters == rune.ToString() ? IsStroke(rune) : !letters.Any(char.IsLetterOrDigit)))
            {
                continue;
            }

            foreach (var part in letters.EnumerateRunes())
            {
                mapped.Append(!part.IsAscii && Lookalikes.LetterOf(part) is { } plain ? plain.ToString() : part.ToString());
            }
        }

        return mapped.ToString();
    }

    /// <summary>Modifier letters that lengthen, stress or join, and are no letter of a name: tatweel, its like in N'Ko, and those of phonetics.</summary>
    private static bool IsStroke(Rune rune) => rune.Value is 0x0640 or 0x07FA or (>= 0x02B0 and <= 0x02FF) or (>= 0xA700 and <= 0xA71F) or 0xA788;

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
