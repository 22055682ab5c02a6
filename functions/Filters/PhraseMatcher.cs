using System.Buffers;
using System.Text;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Filters;

/// <summary>
/// Looks for many phrases in texts. All of them together are looked for in one pass (<see cref="SearchValues{T}"/> of strings, which is Aho-Corasick or
/// Teddy); only in texts that hold some it is asked which. Immutable.
/// </summary>
internal sealed class PhraseMatcher
{
    /// <summary>
    /// Occurrences of a phrase in a text that are looked at for one that is a whole word: beyond, a text of one letter over and over would take a hundred filters
    /// milliseconds. A text with more of them counts as holding it: nobody gets past a filter by writing much of it.
    /// </summary>
    private const int MostOccurrences = 100;

    private readonly Phrase[] phrases;
    private readonly SearchValues<string> marked;
    private readonly SearchValues<string> unmarked;
    private readonly bool anyMarked;

    /// <summary>Prepares phrases; see <see cref="IsEmpty"/>.</summary>
    /// <param name="wanted">Each with whether it stands for whole words only.</param>
    public PhraseMatcher(IEnumerable<(string Text, bool WholeWord)> wanted)
    {
        phrases = [.. wanted.Select(phrase => Phrase.Of(phrase.Text, phrase.WholeWord))];
        anyMarked = phrases.Any(phrase => phrase.HasMarks);
        marked = SearchValues.Create([.. Needles(true)], StringComparison.Ordinal);
        unmarked = SearchValues.Create([.. Needles(false)], StringComparison.Ordinal);

        IEnumerable<string> Needles(bool withMarks) => phrases.Where(phrase => phrase.HasMarks == withMarks && phrase.Text.Length > 0).Select(phrase => phrase.Text).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Whether nothing is left of a phrase once it is folded.</summary>
    public static bool IsEmpty(string phrase) => Phrase.Of(phrase, wholeWord: false).Text.Length == 0;

    /// <summary>Whether any phrase may be in a text: never false where one is.</summary>
    public bool MayMatch(SearchText text) => text.Unmarked.AsSpan().ContainsAny(unmarked) || (anyMarked && text.Marked.AsSpan().ContainsAny(marked));

    /// <summary>Whether the phrase of that number is in a text.</summary>
    public bool Matches(int index, SearchText text)
    {
        var phrase = phrases[index];
        var where = phrase.HasMarks ? text.Marked : text.Unmarked;
        if (phrase.Text.Length == 0)
        {
            return false;
        }

        var at = where.IndexOf(phrase.Text, StringComparison.Ordinal);
        for (var seen = 0; at >= 0 && seen < MostOccurrences; at = where.IndexOf(phrase.Text, at + 1, StringComparison.Ordinal), seen++)
        {
            if (!phrase.WholeWord || (IsEdge(where.AsSpan(0, at), phrase.Text) && IsEdge(phrase.Text, where.AsSpan(at + phrase.Text.Length))))
            {
                return true;
            }
        }

        return at >= 0;
    }

    /// <summary>
    /// Whether no word goes on from one text into the other: one of the two is no letter, digit or mark there, or stands in a script that
    /// puts no spaces between words. In Korean what follows a word is written onto it.
    /// </summary>
    private static bool IsEdge(ReadOnlySpan<char> before, ReadOnlySpan<char> behind)
    {
        if (before.IsEmpty || behind.IsEmpty)
        {
            return true;
        }

        Rune.DecodeLastFromUtf16(before, out var last, out _);
        Rune.DecodeFromUtf16(behind, out var first, out _);
        return !WordLetters.IsOfWord(last) || !WordLetters.IsOfWord(first) || WordLetters.IsUnspaced(last) || WordLetters.IsUnspaced(first) || WordLetters.IsHangul(first);
    }

    private readonly record struct Phrase(string Text, bool HasMarks, bool WholeWord)
    {
        public static Phrase Of(string text, bool wholeWord)
        {
            var folded = SearchText.Of(text);
            var hasMarks = folded.Marked != folded.Unmarked;
            return new((hasMarks ? folded.Marked : folded.Unmarked).Trim(), hasMarks, wholeWord);
        }
    }
}
