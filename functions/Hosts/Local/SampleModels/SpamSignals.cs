using System.Text.RegularExpressions;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>A reason to believe in one kind of harm.</summary>
/// <param name="Category">The harm.</param>
/// <param name="Rule">Name of the rule or signal.</param>
/// <param name="Weight">Probability of the harm given this reason alone.</param>
internal readonly record struct Evidence(HarmCategory Category, string Rule, double Weight);

/// <summary>Signs of advertising and flooding that lie in a text's form rather than in its words.</summary>
internal static class SpamSignals
{
    private static readonly Regex Link = new(
        @"(?:[a-z][a-z0-9+.-]{0,20}://|\bwww\.)\S+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex HidingLink = new(
        @"\b(?:bit\.ly|tinyurl\.com|t\.me|wa\.me|goo\.gl|cutt\.ly|is\.gd|rb\.gy|shorturl\.at)/",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly string[] MoneyEmoji = ["💰", "🤑", "💸", "💵", "🚀", "💎", "🎁", "🔥", "📈", "👇"];

    internal static IEnumerable<Evidence> Of(string text, List<Word> words)
    {
        var links = Link.Count(text);
        var shouted = IsShouted(text);
        return Weigh(
        [
            ("spam.links", links switch { >= 6 => 0.7, >= 4 => 0.5, 3 => 0.3, _ => 0 }),
            ("spam.hiding-link", HidingLink.IsMatch(text) ? 0.2 : 0),
            ("spam.shouting", shouted ? (links > 0 ? 0.45 : 0.1) : 0),
            ("spam.tags", Signs(text, '#') switch { >= 20 => 0.65, >= 12 => 0.5, >= 8 => 0.25, _ => 0 }),
            ("spam.mentions", words.Count(word => word.Mention) switch { >= 15 => 0.65, >= 10 => 0.5, _ => 0 }),
            ("spam.money-emoji", MoneyEmoji.Sum(emoji => Occurrences(text, emoji)) switch { >= 6 => 0.3, >= 3 => 0.15, _ => 0 }),
            ("spam.repeated-sentence", RepeatedSentences(words) switch { >= 6 => 0.75, >= 4 => 0.55, 3 => 0.3, _ => 0 }),
            ("spam.repeated-words", RepeatsWords(words) ? 0.55 : 0),
        ]);
    }

    private static IEnumerable<Evidence> Weigh((string Signal, double Weight)[] signals) =>
        signals.Where(signal => signal.Weight > 0).Select(signal => new Evidence(HarmCategory.Spam, signal.Signal, signal.Weight));

    private static bool IsShouted(string text)
    {
        var (upper, letters) = (0, 0);
        foreach (var c in Link.Replace(text, " "))
        {
            letters += char.IsUpper(c) || char.IsLower(c) ? 1 : 0;
            upper += char.IsUpper(c) ? 1 : 0;
        }

        return letters >= 15 && upper >= letters * 0.7;
    }

    /// <summary>How often the commonest sentence of at least two words stands in the text.</summary>
    private static int RepeatedSentences(List<Word> words) => words
        .GroupBy(word => word.Sentence)
        .Where(sentence => sentence.Skip(1).Any())
        .GroupBy(sentence => string.Join(' ', sentence.Select(word => word.Text)), StringComparer.Ordinal)
        .Select(same => same.Count())
        .DefaultIfEmpty(0)
        .Max();

    /// <summary>Few different words for a long text, as when a phrase is pasted over and over; laughter does not count.</summary>
    private static bool RepeatsWords(List<Word> words)
    {
        var distinct = words.Where(word => word.Text.Length > 2).Select(word => word.Text).ToHashSet(StringComparer.Ordinal).Count;
        return words.Count >= 15 && distinct >= 2 && distinct * 5 <= Math.Min(words.Count, 300);
    }

    private static int Signs(string text, char sign)
    {
        var count = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            count += text[i] == sign && char.IsLetter(text[i + 1]) && (i == 0 || !char.IsLetterOrDigit(text[i - 1])) ? 1 : 0;
        }

        return count;
    }

    private static int Occurrences(string text, string part)
    {
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
