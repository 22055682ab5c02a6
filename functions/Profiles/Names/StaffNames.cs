using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ServerlessSocial.Profiles.Names;

/// <summary>Which names pass for those who run the service, in German and English. Pure; who is staff may be called so.</summary>
public static partial class StaffNames
{
    /// <summary>The shortest word below, and the longest that is taken apart, in characters of keys.</summary>
    private const int ShortestWord = 4;

    private const int LongestWord = 80;

    /// <summary>Nobody but staff is called so, whatever stands beside it.</summary>
    private static readonly FrozenSet<string> Titles = Keys(
        "admin admins administrator administrators administratorin administratoren sysadmin moderator moderators moderatorin moderatoren moderatorinnen webmaster postmaster");

    /// <summary>
    /// Words of offices that ordinary names hold, too (Team Müller, Support your local library): they pass for staff where nothing else stands beside them.
    /// </summary>
    private static readonly FrozenSet<string> Offices = Keys(
        "support team staff official officially offizieller offizielle offizielles offiziell help hilfe helpdesk helpcenter service kundendienst kundenservice kundensupport security "
        + "sicherheit safety trust verified verifiziert verifizierter account konto accounts abuse compliance billing system mitarbeiter mitarbeiterin employee betreiber "
        + "operator administration moderation serverlesssocial serverless social");

    /// <summary>What stands between such words.</summary>
    private static readonly FrozenSet<string> Fillers = Keys("the of for and by from at der die das des von vom und im für your dein ihr our unser hq desk center centre gmbh inc de en 24");

    /// <summary>Signs of a verified account, which this service does not give as part of a name.</summary>
    private const string CheckMarks = "✓✔☑✅🗸🗹🆗";

    /// <summary>What is wrong with a name, as a sentence for whoever wants it; null if it passes for nobody.</summary>
    /// <param name="name">A handle or a display name.</param>
    public static string? Problem(string name)
    {
        if (name.EnumerateRunes().Any(rune => CheckMarks.Contains(rune.ToString(), StringComparison.Ordinal)))
        {
            return "A check mark passes for a verified account; leave it out.";
        }

        return Passes(NameKey.Words(name)) || Passes(NameKey.Words(Numbers().Replace(name.Replace('_', ' '), string.Empty))) ? "This name passes for those who run the service." : null;
    }

    private static bool Passes(IReadOnlyList<string> words) =>
        words.Append(string.Concat(words)).Any(word => IsMadeOf(word, titled: true))
        || (words.Any(word => IsMadeOf(word, titled: false)) && words.All(word => IsMadeOf(word, titled: false) || Fillers.Contains(word)))
        || IsMadeOf(string.Concat(words), titled: false);

    /// <summary>Whether a word is put together of the words above and nothing else, as <c>supportteam</c> is; with at least one title if that is asked for.</summary>
    private static bool IsMadeOf(string word, bool titled)
    {
        return word.Length is > 0 and <= LongestWord && Reaches(0, !titled);

        bool Reaches(int at, bool enough)
        {
            if (at == word.Length)
            {
                return enough;
            }

            for (var end = at + ShortestWord; end <= word.Length; end++)
            {
                var part = word[at..end];
                var title = Titles.Contains(part);
                if ((title || Offices.Contains(part)) && Reaches(end, enough || title))
                {
                    return true;
                }
            }

            return false;
        }
    }

    [GeneratedRegex(@"\d+\b", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();

    private static FrozenSet<string> Keys(string words) => words.Split(' ').Select(NameKey.Fold).ToFrozenSet(StringComparer.Ordinal);
}
