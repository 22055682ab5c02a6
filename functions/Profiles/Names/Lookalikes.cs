using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessSocial.Profiles.Names;

/// <summary>
/// What Unicode's <see cref="Confusables"/> and normal forms leave out, because it is told apart by whoever looks closely: small capitals, letters in circles,
/// squares and parentheses, with hooks and strokes, regional indicators, and signs that look like a badge of verification. The resource is made of the names of
/// characters in <c>UnicodeData.txt</c>: <c>dotnet run --project tests/ServerlessSocial.Benchmarks -- letters FILE</c> writes it anew after a new version of it.
/// </summary>
public static partial class Lookalikes
{
    private const string Resource = "ServerlessSocial.Profiles.Names.lookalikes.txt";
    private const string Check = "check";

    /// <summary>
    /// Letters that are drawn like Latin ones and stand in neither of Unicode's files as such, by the shapes of the code charts: prototypes of small capitals, and
    /// syllables of Cherokee, with the small ones that follow from them, and of the Canadian Aboriginals.
    /// </summary>
    private static readonly (int Character, char Letter)[] Unlisted =
        [(0x028D, 'm'), (0x0138, 'k'), (0x15E9, 'a'), (0x144E, 'n'), (0x13C6, 'i'), (0xAB96, 'i'), (0x13B0, 'g'), (0xAB80, 'g'), (0x13C1, 'g'), (0xAB91, 'g'), (0x13BE, 'o'), (0xAB8E, 'o'), (0x13AB, 'b'), (0xAB7B, 'b'), (0x13CE, '4'), (0xAB9E, '4')];

    private static readonly string[] Digits = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"];

    private static readonly Lazy<(FrozenDictionary<int, char> Letters, FrozenSet<int> Badges)> Table = new(Load);

    /// <summary>The small letter or digit that a character is drawn like; null if none.</summary>
    public static char? LetterOf(Rune character) => Table.Value.Letters.TryGetValue(character.Value, out var letter) ? letter : null;

    /// <summary>Whether a character is, or looks like, a check mark.</summary>
    public static bool IsBadge(Rune character) => Table.Value.Badges.Contains(character.Value);

    /// <summary>Writes Unicode's file as the resource is: a line for each letter, <c>letter=character character</c>, in hexadecimal code points.</summary>
    /// <param name="unicode">The lines of <c>UnicodeData.txt</c>.</param>
    public static IEnumerable<string> Compact(IEnumerable<string> unicode) =>
    [
        "# Of Unicode's UnicodeData.txt, by the names of characters; see https://www.unicode.org/terms_of_use.html for terms of use",
        .. unicode
            .Select(line => line.Split(';'))
            .Where(fields => fields.Length > 2 && fields[2] is not ("Mn" or "Mc" or "Me" or "Cf"))
            .Select(fields => (Code: fields[0], Means: MeaningOf(fields[1], fields[2])))
            .Where(character => character.Means is not null && int.Parse(character.Code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) >= 0x80)
            .GroupBy(character => character.Means!, character => character.Code, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key}={string.Join(' ', group)}"),
    ];

    /// <summary>A letter by the end of a character's name; a check mark by what it is called.</summary>
    private static string? MeaningOf(string name, string category)
    {
        if (BadgeName().IsMatch(name))
        {
            return Check;
        }

        if (LetterName().Match(name) is { Success: true } letter)
        {
            return letter.Groups["letter"].Value.ToLowerInvariant();
        }

        return category is "So" or "No" && DigitName().Match(name) is { Success: true } digit
            ? Array.IndexOf(Digits, digit.Groups["digit"].Value).ToString(CultureInfo.InvariantCulture)
            : null;
    }

    private static (FrozenDictionary<int, char> Letters, FrozenSet<int> Badges) Load()
    {
        using var stream = typeof(Lookalikes).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var letters = Unlisted.ToDictionary(unlisted => unlisted.Character, unlisted => unlisted.Letter);
        var badges = new HashSet<int>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('=') is [var means, var codes] && means[0] != '#')
            {
                foreach (var character in codes.Split(' ').Select(code => int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)))
                {
                    if (means == Check)
                    {
                        badges.Add(character);
                    }
                    else
                    {
                        letters.TryAdd(character, means[0]);
                    }
                }
            }
        }

        return (letters.ToFrozenDictionary(), badges.ToFrozenSet());
    }

    [GeneratedRegex(@"(^|-| )LATIN (CAPITAL |SMALL |SUBSCRIPT SMALL )?LETTER (SMALL CAPITAL )?(?<letter>[A-Z])( WITH .*)?$|^(REGIONAL INDICATOR SYMBOL|MODIFIER) LETTER (SMALL |CAPITAL |SMALL CAPITAL )?(?<letter>[A-Z])( WITH .*)?$|^LATIN (CAPITAL|SMALL) LETTER (DOTLESS|SCRIPT|OPEN|INSULAR|BROAD|BLACKLETTER|LONG|BARRED) (?<letter>[A-Z])$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LetterName();

    [GeneratedRegex("CIRCLED (SANS-SERIF )?DIGIT (?<digit>ZERO|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DigitName();

    /// <summary>Check marks of every kind, boxes that are ticked or crossed, roots, which are drawn like a check mark, and OK.</summary>
    [GeneratedRegex("CHECK MARK|^BALLOT BOX WITH .*(X|CHECK)$|^(SQUARE|CUBE|FOURTH) ROOT$|^RADICAL SYMBOL|^SQUARED OK$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex BadgeName();
}
