using System.Collections.Frozen;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>
/// The lexicon of all languages together. The declared language of a text does not choose among them: an author could
/// declare another one, and people mix languages. The lists are modest by intent; they hold what a rule needs to work.
/// </summary>
internal static partial class Lexicon
{
    private static readonly Dictionary<string, string> Lists =
        EnglishLists.Concat(GermanLists)
        .GroupBy(list => list.Key, list => list.Value, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => string.Join('|', same).Replace(' ', '|'), StringComparer.Ordinal);

    /// <summary>Finds the rules that speak for harm.</summary>
    internal static LexiconIndex Rules { get; }

    /// <summary>Finds the harmless turns of phrase that use harmful words.</summary>
    internal static LexiconIndex Idioms { get; } = new();

    internal static WordFolder Folder { get; }

    internal static FrozenDictionary<string, Context> ContextWords { get; } = EnglishContext.Concat(GermanContext)
        .SelectMany(entry => entry.Words.Split(' ').Select(word => (Word: WordFolder.Plain(word), entry.Context)))
        .GroupBy(pair => pair.Word, pair => pair.Context, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Aggregate((a, b) => a | b), StringComparer.Ordinal);

    static Lexicon()
    {
        Rules = new();
        var vocabulary = new HashSet<string>(StringComparer.Ordinal);
        LexiconRule[] rules =
        [
            .. EnglishViolence, .. EnglishHarassment, .. EnglishHate, .. EnglishOther,
            .. GermanViolence, .. GermanHarassment, .. GermanHate, .. GermanOther, .. Advertising, .. Pictures,
        ];
        foreach (var rule in rules)
        {
            foreach (var pattern in Lines(rule.Patterns).SelectMany(Expand))
            {
                var parsed = WordPattern.Parse(pattern, Lists);
                Rules.Add(rule, parsed);
                vocabulary.UnionWith(parsed.Vocabulary.Where(word => word.Length >= 3));
            }
        }

        foreach (var idiom in Lines(EnglishIdioms).Concat(Lines(GermanIdioms)))
        {
            Idioms.Add(null, WordPattern.Parse(idiom, Lists));
        }

        var disguised = $"{EnglishDisguised} {GermanDisguised}".Split(' ').ToFrozenSet(StringComparer.Ordinal);
        Folder = new(vocabulary.Concat(disguised).ToFrozenSet(StringComparer.Ordinal), disguised);
    }

    /// <summary>A group may be named by one word ("Muslims") or by two ("Muslim people").</summary>
    private static IEnumerable<string> Expand(string pattern) => pattern.Contains("{group}", StringComparison.Ordinal)
        ? [pattern.Replace("{group}", "$group", StringComparison.Ordinal), pattern.Replace("{group}", "$kind $persons", StringComparison.Ordinal)]
        : [pattern];

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
