using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Search;

/// <summary>
/// Finds names by their beginnings, and with one wrong letter: a word is entered with its beginnings and with each of its letters left out once, and looked for in the
/// same ways, so that words of Damerau-Levenshtein distance 1 meet (symmetric deletion, after Wolf Garbe's SymSpell).
/// </summary>
internal static class Names
{
    /// <summary>Words of a name that are entered, and of a query that are looked for.</summary>
    private const int MostWords = 6;

    /// <summary>Longest beginning that is entered, in UTF-16 units.</summary>
    private const int MostBeginning = 12;

    /// <summary>Words in which a wrong letter is looked for, in UTF-16 units: of shorter ones it makes others.</summary>
    private const int LeastMisspelt = 4, MostMisspelt = 20;

    /// <summary>The marks of somebody's handle and name.</summary>
    public static IEnumerable<string> MarksOf(string handle, string name) =>
        WordsOf(handle).Append(handle.Replace("_", string.Empty, StringComparison.Ordinal)).Concat(WordsOf(name)).Distinct(StringComparer.Ordinal)
            .SelectMany(word => BeginningsOf(word).Select(beginning => $"p{beginning}").Append($"w{word}").Concat(Lacking(word).Select(lacking => $"d{lacking}")));

    /// <summary>The words of a name or a query: folded, without accents. Where a script puts no spaces, what begins at any character is one.</summary>
    public static IReadOnlyList<string> WordsOf(string text) =>
        [.. Words.RunsOf(text).SelectMany(run => WordsOf(SearchText.Of(run.In(text)).Unmarked, run.IsUnspaced)).Take(MostWords)];

    /// <summary>The words that a query looks for: each as it is written.</summary>
    public static IReadOnlyList<string> AskedFor(string text) =>
        [.. Words.RunsOf(text).Select(run => SearchText.Of(run.In(text)).Unmarked).Distinct(StringComparer.Ordinal).Take(MostWords)];

    /// <summary>Mark of names with a word that begins so.</summary>
    public static string Beginning(string word) => $"p{Start(word, MostBeginning)}";

    /// <summary>Marks of which names have one that hold a word, or one that differs from it in one letter.</summary>
    public static IReadOnlyList<string> Misspelt(string word) =>
        [Beginning(word), $"d{word}", .. Lacking(word).SelectMany(lacking => new[] { $"w{lacking}", $"d{lacking}" })];

    /// <summary>Whether two words differ in one letter, or in the order of two neighbours (Damerau-Levenshtein distance 1).</summary>
    public static bool IsNear(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 1 || one == other)
        {
            return false;
        }

        var begin = one.AsSpan().CommonPrefixLength(other);
        var left = one.AsSpan(begin);
        var right = other.AsSpan(begin);
        return left.Length == right.Length
            ? left[1..].SequenceEqual(right[1..]) || (left.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..].SequenceEqual(right[2..]))
            : left.Length > right.Length ? left[1..].SequenceEqual(right) : left.SequenceEqual(right[1..]);
    }

    private static IEnumerable<string> WordsOf(string word, bool isUnspaced) =>
        isUnspaced ? Enumerable.Range(0, word.Length).Where(at => !char.IsLowSurrogate(word[at])).Select(at => word[at..]) : [word];

    private static IEnumerable<string> BeginningsOf(string word) =>
        Enumerable.Range(1, Math.Min(word.Length, MostBeginning)).Where(length => !char.IsHighSurrogate(word[length - 1])).Select(length => word[..length]);

    private static IEnumerable<string> Lacking(string word) => word.Length is < LeastMisspelt or > MostMisspelt || word.Any(char.IsSurrogate)
        ? []
        : Enumerable.Range(0, word.Length).Select(at => word.Remove(at, 1)).Distinct(StringComparer.Ordinal);

    private static string Start(string word, int most) =>
        word.Length <= most ? word : char.IsHighSurrogate(word[most - 1]) ? word[..(most - 1)] : word[..most];
}
