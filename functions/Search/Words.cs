using System.Text;
using ServerlessSocial.Platform.Text;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Search;

/// <summary>A run of letters, digits and marks in a text.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="Length">How long it is, in UTF-16 units.</param>
/// <param name="IsUnspaced">Whether its script puts no spaces between words, or writes particles onto them, so that parts of it are looked for.</param>
internal readonly record struct WordRun(int Start, int Length, bool IsUnspaced)
{
    /// <summary>What stands there in the text.</summary>
    public string In(string text) => text.Substring(Start, Length);
}

/// <summary>
/// Cuts texts into the words by which they are found, in both hosts alike, so that no store's own analyser decides what is a word. Words are compared by NFKC and full
/// case folding without accents on Latin and Greek letters; in German and English by their stems. Scripts without spaces between words, and Korean, are compared by
/// single characters and by pairs of neighbours, as in Lucene's <c>CJKAnalyzer</c>: by threes, words of two characters, the most frequent there, would not be found.
/// </summary>
internal static class Words
{
    /// <summary>Letters of a word that are compared, in UTF-16 units after folding.</summary>
    public const int MostLetters = 64;

    /// <summary>The runs of a text, in its order.</summary>
    public static IEnumerable<WordRun> RunsOf(string text)
    {
        var (start, end, kind) = (0, 0, Kind.None);
        foreach (var (rune, at) in RunesOf(text))
        {
            // A mark goes with the letter it stands on.
            var here = KindOf(rune) is var own && own == Kind.Spaced && kind == Kind.Unspaced && NormalForms.IsMark(rune) ? kind : own;
            if (here != kind)
            {
                if (kind != Kind.None)
                {
                    yield return new(start, end - start, kind == Kind.Unspaced);
                }

                (start, kind) = (at, here);
            }

            end = at + rune.Utf16SequenceLength;
        }

        if (kind != Kind.None)
        {
            yield return new(start, end - start, kind == Kind.Unspaced);
        }
    }

    /// <summary>What a text is found by, in its order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">Its language as a BCP 47 tag; null if that is not known.</param>
    public static IEnumerable<string> Of(string text, string? language) =>
        RunsOf(text).SelectMany(run => Of(SearchText.Of(run.In(text)), run.IsUnspaced, language));

    /// <summary>Emoji of a text, each once, without what chooses their presentation.</summary>
    public static IEnumerable<string> EmojiOf(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange('\0', '\u00A8') ? [] : NormalForms.ClustersOf(text).Where(IsEmoji).Select(element => element.Replace("\uFE0F", string.Empty, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);

    /// <summary>The phrases of which a text that holds a run has one: as it is, and in each of <see cref="Stems.Languages"/>; one where its script knows no stems.</summary>
    private static IReadOnlyList<string> AlternativesOf(string run, bool isUnspaced)
    {
        var folded = SearchText.Of(run);
        if (isUnspaced)
        {
            var elements = NormalForms.ClustersOf(folded.Unmarked).ToList();
            return [elements.Count == 1 ? elements[0] : string.Join(' ', PairsOf(elements))];
        }

        return [.. Stems.Languages.Prepend(null).Select(language => Of(folded, false, language).Single())];
    }

    /// <summary>The forms of a text of several runs, which is in one language: of which a text that holds it has one. None where it holds no word.</summary>
    public static IReadOnlyList<string> FormsOf(string text)
    {
        List<IReadOnlyList<string>> words = [.. RunsOf(text).Select(run => AlternativesOf(run.In(text), run.IsUnspaced))];
        return words.Count == 0 ? [] : [.. Enumerable.Range(0, Stems.Languages.Count + 1).Select(language => string.Join(' ', words.Select(word => word[Math.Min(language, word.Count - 1)]))).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Of(SearchText folded, bool isUnspaced, string? language)
    {
        if (!isUnspaced)
        {
            var stem = SearchText.Of(Stems.Of(folded.Marked, language)).Unmarked;
            return [stem.Length > MostLetters ? stem[..MostLetters] : stem];
        }

        var elements = NormalForms.ClustersOf(folded.Unmarked).ToList();
        return elements.Concat(PairsOf(elements));
    }

    private static IEnumerable<string> PairsOf(List<string> elements) => elements.Zip(elements.Skip(1), (first, second) => first + second);

    /// <summary>Pictures, and flags: letters in squares are symbols, too.</summary>
    private static bool IsEmoji(string element) =>
        Rune.DecodeFromUtf16(element, out var first, out _) == System.Buffers.OperationStatus.Done
        && (first.Value is >= 0x1F000 and <= 0x1FAFF or >= 0x2600 and <= 0x27BF or >= 0x2B00 and <= 0x2BFF || element.Contains('\uFE0F', StringComparison.Ordinal))
        && !Rune.IsLetterOrDigit(first);

    private static IEnumerable<(Rune Rune, int At)> RunesOf(string text)
    {
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            yield return (rune, at);
            at += rune.Utf16SequenceLength;
        }
    }

    private static Kind KindOf(Rune rune) =>
        !WordLetters.IsOfWord(rune) ? Kind.None : WordLetters.IsUnspaced(rune) || WordLetters.IsHangul(rune) ? Kind.Unspaced : Kind.Spaced;

    private enum Kind
    {
        None,
        Spaced,
        Unspaced,
    }
}
