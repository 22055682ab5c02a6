using System.Globalization;
using Lucene.Net.Analysis.De;
using Lucene.Net.Analysis.Standard;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts.Text;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Search;

/// <summary>What somebody looks for, as they typed it.</summary>
/// <param name="Words">Words and phrases, each in all its forms, that have to be in a post.</param>
/// <param name="Facts">Tags, languages, contents and emoji that it has to have.</param>
/// <param name="Without">What must not be in it.</param>
/// <param name="Authors">Handles of those of whom one has to have written it; <c>me</c> is the caller.</param>
/// <param name="NotBy">Handles of those who must not have.</param>
public sealed record SearchQuery(
    IReadOnlyList<SearchTerm> Words, IReadOnlyList<SearchTerm> Facts, IReadOnlyList<SearchTerm> Without, IReadOnlyList<string> Authors, IReadOnlyList<string> NotBy)
{
    /// <summary>Longest query, in UTF-16 units.</summary>
    public const int MostLength = 500;

    /// <summary>Most words, phrases and operators of a query.</summary>
    public const int MostTerms = 20;

    /// <summary>The caller among <see cref="Authors"/>.</summary>
    public const string Me = "me";

    private static readonly HashSet<string> Contents = new(StringComparer.Ordinal) { "media", "poll", "link", "quote" };

    /// <summary>Posts from this moment on; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Posts from before this moment; null for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What is in the query besides operators, for people and tags.</summary>
    public string Plain { get; init; } = string.Empty;

    /// <summary>Whether it asks for nothing that a post could have.</summary>
    public bool IsEmpty => Words.Count == 0 && Facts.Count == 0 && Authors.Count == 0;

    /// <summary>Reads a query: words, <c>"phrases"</c>, <c>from: tag: has: lang: before: after:</c>, each with a minus before it for what must not be there.</summary>
    public static (SearchQuery? Query, Error? Problem) Parse(string text)
    {
        if (text.Length > MostLength)
        {
            return (null, new InvalidFields("q", $"Up to {MostLength} characters."));
        }

        var reader = new Reader();
        var terms = 0;
        for (var at = 0; Next(text, ref at) is { } token;)
        {
            if (++terms > MostTerms)
            {
                return (null, new InvalidFields("q", $"Up to {MostTerms} words, phrases and operators."));
            }

            if (reader.Take(token) is { } problem)
            {
                return (null, new InvalidFields("q", problem));
            }
        }

        return (reader.Query(), null);
    }

    private static Token? Next(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            return null;
        }

        var isNot = text[at] is '-' or '−' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
        at += isNot ? 1 : 0;
        var colon = at;
        while (colon < text.Length && char.IsAsciiLetter(text[colon]))
        {
            colon++;
        }

        var name = colon < text.Length - 1 && text[colon] == ':' && !char.IsWhiteSpace(text[colon + 1]) ? text[at..colon].ToLowerInvariant() : null;
        name = name is "from" or "tag" or "has" or "lang" or "before" or "after" ? name : null;
        at = name is null ? at : colon + 1;
        if (IsQuote(text[at]) && EndOfPhrase(text, at + 1) is var end and > 0)
        {
            var phrase = text[(at + 1)..end];
            at = end + 1;
            return new(name, phrase, IsPhrase: true, isNot);
        }

        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return new(name, text[start..at], IsPhrase: false, isNot);
    }

    private static int EndOfPhrase(string text, int from)
    {
        while (from < text.Length && !IsQuote(text[from]))
        {
            from++;
        }

        return from < text.Length ? from : -1;
    }

    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„' or '«' or '»';

    private readonly record struct Token(string? Operator, string Value, bool IsPhrase, bool IsNot);

    private sealed class Reader
    {
        private readonly List<(SearchTerm Term, bool IsCommon)> words = [];
        private readonly List<SearchTerm> facts = [];
        private readonly List<SearchTerm> without = [];
        private readonly List<string> authors = [];
        private readonly List<string> notBy = [];
        private readonly List<string> plain = [];
        private DateTimeOffset? since;
        private DateTimeOffset? until;

        public SearchQuery Query()
        {
            // Words that stand in every other text say nothing where there are others, and indexes leave them out.
            var telling = words.Where(word => !word.IsCommon).Select(word => word.Term).ToList();
            return new(telling.Count > 0 ? telling : [.. words.Select(word => word.Term)], facts, without, authors, notBy)
            {
                Since = since,
                Until = until,
                Plain = string.Join(' ', plain),
            };
        }

        /// <summary>Takes a part of the query.</summary>
        /// <returns>What is wrong with it, or null.</returns>
        public string? Take(Token token) => token.Operator switch
        {
            "from" => TakeAuthor(token),
            "tag" => TakeTag(token),
            "has" => Contents.Contains(token.Value.ToLowerInvariant())
                ? TakeFact(PostEntry.MarkOfContent(token.Value.ToLowerInvariant()), token)
                : $"has: takes one of {string.Join(", ", Contents)}.",
            "lang" => PostEntry.LanguageOf(token.Value) is { } language ? TakeFact(PostEntry.MarkOfLanguage(language), token) : "lang: takes a language of two or three letters, such as de.",
            "before" or "after" => TakeTime(token),
            _ => TakeWords(token),
        };

        private string? TakeAuthor(Token token)
        {
            var handle = Handles.Normalize(token.Value.TrimStart('@')) ?? (token.Value.Equals(Me, StringComparison.OrdinalIgnoreCase) ? Me : null);
            if (handle is null)
            {
                return "from: takes a handle, or me.";
            }

            (token.IsNot ? notBy : authors).Add(handle);
            return null;
        }

        private string? TakeTag(Token token) =>
            TextEntities.NormalizeTag(token.Value) is { } tag ? TakeFact(PostEntry.MarkOfTag(tag), token) : "tag: takes a hashtag.";

        private string? TakeFact(string mark, Token token)
        {
            (token.IsNot ? without : facts).Add(SearchTerm.Mark(mark));
            return null;
        }

        private string? TakeTime(Token token)
        {
            if (!DateOnly.TryParseExact(token.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year < 1970)
            {
                return $"{token.Operator}: takes a day, such as 2026-11-27.";
            }

            if (token.IsNot)
            {
                return $"{token.Operator}: takes no minus.";
            }

            var midnight = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            (since, until) = token.Operator == "after" ? (since > midnight ? since : midnight, until) : (since, until < midnight ? until : midnight);
            return null;
        }

        private string? TakeWords(Token token)
        {
            if (!token.IsNot)
            {
                plain.Add(token.Value);
            }

            if (!token.IsPhrase && token.Value.Length > 1 && token.Value[0] is '#' or '＃' && TextEntities.NormalizeTag(token.Value) is { } tag)
            {
                return TakeFact(PostEntry.MarkOfTag(tag), token);
            }

            foreach (var emoji in Search.Words.EmojiOf(token.Value))
            {
                TakeFact(PostEntry.MarkOfEmoji(emoji), token);
            }

            // What is written without spaces belongs together, as what stands in quotes does.
            var term = new SearchTerm(Search.Words.FormsOf(token.Value));
            if (term.Alternatives.Count == 0)
            {
                return null;
            }

            if (token.IsNot)
            {
                without.Add(term);
            }
            else
            {
                words.Add((term, !token.IsPhrase && term.Alternatives.All(IsCommon)));
            }

            return null;
        }

        private static bool IsCommon(string word) => StandardAnalyzer.STOP_WORDS_SET.Contains(word) || GermanAnalyzer.DefaultStopSet.Contains(word);
    }
}
