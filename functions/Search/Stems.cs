using Lucene.Net.Tartarus.Snowball;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace ServerlessSocial.Search;

/// <summary>
/// Takes the endings off words: Snowball's algorithms (snowballstem.org), of which German 2 reads <c>ae</c>, <c>oe</c> and <c>ue</c> as umlauts. Words of other languages
/// stay as they are.
/// </summary>
internal static class Stems
{
    /// <summary>Longest word that is stemmed: longer ones are none.</summary>
    private const int MostLetters = 100;

    /// <summary>Stemmers keep the word they are at.</summary>
    private static readonly ThreadLocal<Dictionary<string, SnowballProgram>> Stemmers = new(() =>
        new(StringComparer.Ordinal) { ["de"] = new German2Stemmer(), ["en"] = new EnglishStemmer() });

    /// <summary>Languages whose words have stems here.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["de", "en"];

    /// <summary>What the algorithm leaves of German plurals: <c>Autos</c>, <c>Babys</c>, <c>Freundinnen</c>.</summary>
    private static string WithoutGermanRest(string stem) => stem switch
    {
        { Length: > 3 } when stem[^1] == 's' && stem[^2] is 'a' or 'o' or 'i' or 'y' => stem[..^1],
        { Length: > 4 } when stem.EndsWith("inn", StringComparison.Ordinal) => stem[..^1],
        _ => stem,
    };

    /// <summary>The stem of a word.</summary>
    /// <param name="word">The word, case-folded, with its accents.</param>
    /// <param name="language">Language as a BCP 47 tag; null if it is not known.</param>
    public static string Of(string word, string? language)
    {
        if (language is null || word.Length > MostLetters || !Stemmers.Value!.TryGetValue(language.Split('-')[0], out var stemmer))
        {
            return word;
        }

        stemmer.SetCurrent(word);
        stemmer.Stem();
        return stemmer.Current is not { Length: > 0 } stem ? word : stemmer is German2Stemmer ? WithoutGermanRest(stem) : stem;
    }
}
