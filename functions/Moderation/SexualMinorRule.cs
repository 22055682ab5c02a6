using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Moderation;

/// <summary>
/// A rule that holds whatever classifier there is, in posts, profiles and descriptions of pictures alike: a word for a child or a young person, or an age below
/// 18, in one sentence with a sexual word, in any order, in German or English. It knows words and not meaning, so that in a post it brings a person in; no
/// picture is made of such a description. Pure, in linear time.
/// </summary>
public static partial class SexualMinorRule
{
    /// <summary>Enough to hold a post for a person and to refuse a description, not to remove by itself.</summary>
    private const double Score = 0.85;

    private const int Adult = 18;

    private static readonly FrozenSet<string> Young = Words(
        "child children kids kiddie kiddies underage minors preteen preteens teen teens teenage teenager teenagers toddler toddlers infant infants schoolgirl schoolgirls "
        + "schoolboy schoolboys loli lolita shota shotacon jailbait kinder kindes kindern kindlich kindliche kindlicher kindliches kleinkind kleinkinder minderjahrig "
        + "minderjahrige minderjahrigen minderjahriger minderjahriges madchen schulmadchen schulerin schulerinnen schuler teenie teenies teenagerin jugendliche jugendlichen");

    private static readonly FrozenSet<string> Sexual = Words(
        "sex sexy sexual sexually sexualized sexualised nude nudes nudity naked topless porn porno pornos pornographic pornography erotic erotica horny masturbating masturbate "
        + "masturbation blowjob orgasm genitals undressing undressed lingerie fuck fucking fucked nackt nackte nackten nackter nacktes nacktem nacktbild nacktbilder nacktfoto nacktfotos "
        + "unbekleidet unbekleidete unbekleideten entblosst entblosste erotisch erotische erotischen erotisches sexuell sexuelle sexuellen ficken fickt gefickt geil geile masturbiert "
        + "masturbieren dessous reizwasche");

    /// <summary>Words that are young only beside another: a little girl, a young boy.</summary>
    private static readonly FrozenSet<string> Small = Words("little small young tiny underaged kleine kleines kleinen kleiner junges minor");

    private static readonly FrozenSet<string> Growing = Words("girl girls boy boys kid junge jungen bub kind tochter");

    /// <summary>German words beside which "kind" is a child and not the English adjective.</summary>
    private static readonly FrozenSet<string> German = Words("ein eines einem das dem des der mit von vom und beim nackt nackte nackten nackter nacktes sexuell sexuelle ist als kleines mein dein");

    /// <summary>What is said of sexual things to protect: the words are taken out before the rest is looked at.</summary>
    [GeneratedRegex(
        @"\b(sex(ual)? (abuse|education|assault|exploitation|violence)|sexuell\w* (missbrauch\w*|gewalt|ausbeutung|aufklarung|belastigung)|sexualkunde\w*|sexualerziehung|sexualaufklarung|sexualpadagog\w*)\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Protecting();

    /// <summary>An age in years: 12-year-old, 12 yo, aged 12, a girl of 12, 12 Jahre alt, 12-jährig.</summary>
    [GeneratedRegex(
        @"\b((?<age>\d{1,2}) ?(years? old|yrs? old|yo|y o|jahrig\w*|jahre? alt|j alt)|(aged?|alter|girl of|boy of|kid of|madchen von|junge von|junge mit|madchen mit) (?<later>\d{1,2}))\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Age();

    /// <summary>The score of a text; null if the rule says nothing.</summary>
    public static HarmScore? ScoreOf(string text)
    {
        foreach (var sentence in Fold(text).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Speaks(Protecting().Replace(sentence, " ")))
            {
                return new(HarmCategory.SexualMinors, Score, "rule.sexual-minor");
            }
        }

        return null;
    }

    private static bool Speaks(string sentence)
    {
        var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Any(Sexual.Contains) && (words.Any(Young.Contains) || IsYoungTogether(words) || IsOfAge(sentence));
    }

    private static bool IsYoungTogether(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var young = words[i] == "kind"
                ? words.Any(German.Contains)
                : words[i] == "minor" ? i > 0 && words[i - 1] == "a" && (i < 2 || words[i - 2] != "in")
                : Growing.Contains(words[i]) && i > 0 && Small.Contains(words[i - 1]);
            if (young)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfAge(string sentence) => Age().Matches(sentence)
        .Select(match => match.Groups["age"] is { Success: true } age ? age : match.Groups["later"])
        .Any(age => int.Parse(age.Value, CultureInfo.InvariantCulture) is > 0 and < Adult);

    /// <summary>Lower case without marks, a blank for everything between words and a full stop for what ends a sentence.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in (Posts.Text.TextLength.HasNormalForm(text) ? NormalForms.OfBounded(text, NormalizationForm.FormKD) : text).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(c == 'ß' ? "ss" : c.ToString());
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format))
            {
                folded.Append(c is '.' or '!' or '?' or '\n' or ';' ? '.' : ' ');
            }
        }

        return Blanks().Replace(folded.ToString(), " ");
    }

    [GeneratedRegex(" {2,}", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
