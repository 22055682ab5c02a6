using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ServerlessSocial.Profiles.Names;

/// <summary>Which names pass for those who run the service, in German and English. Pure; who is staff may be called so.</summary>
public static partial class StaffNames
{
    /// <summary>The shortest word below, and the longest that is taken apart, in characters of keys.</summary>
    private const int ShortestWord = 3;

    private const int LongestWord = 80;

    /// <summary>Most words in a row that are read as one: <c>Ad Min</c>.</summary>
    private const int MostTogether = 5;

    /// <summary>Whatever holds it, in one word or several, passes for the service.</summary>
    private static readonly string Product = Squeeze(NameKey.Fold("serverlesssocial"));

    /// <summary>Nobody but staff is called so, whatever stands beside it.</summary>
    private static readonly FrozenSet<string> Titles = Keys(
        "admin admins administrator administrators administratorin administratoren sysadmin moderator moderators moderatorin moderatoren moderatorinnen webmaster postmaster");

    /// <summary>
    /// Words of offices that ordinary names hold, too (Team Müller, Support your local library, Mod Max): they pass for staff where nothing else stands beside them.
    /// </summary>
    private static readonly FrozenSet<string> Offices = Keys(
        "support team staff official officially offizieller offizielle offizielles offiziell help hilfe helpdesk helpcenter service kundendienst kundenservice kundensupport "
        + "kundenbetreuung customercare security sicherheit sicherheits safety trust verified verifiziert verifizierter account konto accounts abuse compliance billing system "
        + "mitarbeiter mitarbeiterin employee betreiber operator administration administrations moderation moderations mod mods modteam");

    /// <summary>Words that make no office, and do not make one of these ordinary either: Customer Support, Security Alert, System Message.</summary>
    private static readonly FrozenSet<string> Companions = Keys(
        "customer customers client user users kunde kunden nutzer care alert alerts message messages msg notice notices notification notifications warning warnings news update updates "
        + "recovery request requests info information announcement announcements nachricht nachrichten meldung meldungen mitteilung mitteilungen warnung warnungen hinweis hinweise "
        + "benachrichtigung benachrichtigungen wiederherstellung verwaltung abteilung department app bot online serverless social");

    /// <summary>What stands between such words.</summary>
    private static readonly FrozenSet<string> Fillers = Keys("the of for and by from at der die das des von vom und im für your dein ihr our unser hq desk center centre gmbh inc de en 24 ss");

    /// <summary>Letters of other alphabets that nobody mistakes, and that are written for Latin ones all the same.</summary>
    private static readonly FrozenDictionary<char, char> Stylised =
        "ΛaɅaΔaλaΣeΞeЭeИnЯrФoθoΘoΩoШwшwΨyЦuдaДaгrфoлnпnϻm".Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>What is wrong with a name, as a sentence for whoever wants it; null if it passes for nobody.</summary>
    /// <param name="name">A handle or a display name.</param>
    public static string? Problem(string name)
    {
        if (name.EnumerateRunes().Any(Lookalikes.IsBadge))
        {
            return "A check mark passes for a verified account; leave it out.";
        }

        var stylised = string.Concat(name.Select(letter => Stylised.GetValueOrDefault(letter, letter)));
        return PassesInAnyReading(name) || (stylised != name && PassesInAnyReading(stylised)) ? "This name passes for those who run the service." : null;
    }

    private static bool PassesInAnyReading(string name) => NameKey.ReadingsOf(name)
        .SelectMany<NameReading, IReadOnlyList<string>>(reading =>
            [NameKey.Words(name, reading), NameKey.Words(name.ToLowerInvariant(), reading), NameKey.Words(Numbers().Replace(name.Replace('_', ' '), string.Empty), reading)])
        .DistinctBy(words => string.Join(' ', words))
        .Any(Passes);

    private static bool Passes(IReadOnlyList<string> words)
    {
        var joined = string.Concat(words);
        return Squeeze(joined).Contains(Product, StringComparison.Ordinal)
            || Together(words).Append(joined).Any(word => IsMadeOf(word, Titles))
            || (words.Any(word => IsMadeOf(word, Offices)) && words.All(word => IsMadeOf(word, null) || Fillers.Contains(word)))
            || IsMadeOf(joined, Offices);
    }

    /// <summary>Words, and words in a row as if they were one.</summary>
    private static IEnumerable<string> Together(IReadOnlyList<string> words)
    {
        for (var first = 0; first < words.Count; first++)
        {
            for (var count = 1; count <= MostTogether && first + count <= words.Count; count++)
            {
                yield return string.Concat(words.Skip(first).Take(count));
            }
        }
    }

    /// <summary>The same with each letter once where it stands twice in a row: <c>serverlesssocial</c> is read with one s less as well.</summary>
    private static string Squeeze(string key) => string.Concat(key.Where((letter, at) => at == 0 || key[at - 1] != letter));

    /// <summary>
    /// Whether a word is put together of the words above and nothing else, as <c>supportteam</c> is; with one at least of a kind, if that is asked for.
    /// </summary>
    private static bool IsMadeOf(string word, FrozenSet<string>? kind)
    {
        return word.Length is > 0 and <= LongestWord && Reaches(0, kind is null);

        bool Reaches(int at, bool enough)
        {
            if (at == word.Length)
            {
                return enough;
            }

            for (var end = at + ShortestWord; end <= word.Length; end++)
            {
                var part = word[at..end];
                if ((Titles.Contains(part) || Offices.Contains(part) || Companions.Contains(part)) && Reaches(end, enough || kind!.Contains(part)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    [GeneratedRegex(@"\d+\b", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();

    private static FrozenSet<string> Keys(string words) => words.Split(' ').Select(word => NameKey.Fold(word)).ToFrozenSet(StringComparer.Ordinal);
}
