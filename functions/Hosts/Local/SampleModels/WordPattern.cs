namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>
/// A sequence of words within one sentence. Between spaces stands one of
/// <list type="bullet">
/// <item>alternatives "a|b": each a word, a beginning "ab*" or an ending "*ab" of at least three letters, "#" for a
/// number, "@" for a mention, or "$name" for a named list;</item>
/// <item>the same in parentheses for what may be missing;</item>
/// <item>"~$name" for up to four words of that list, and "~" for the list of filler words ("really", "doch");</item>
/// <item>"_" for up to three arbitrary words;</item>
/// <item>"^", at the beginning only, for the beginning of a clause, where a demand stands.</item>
/// </list>
/// Matching looks at a bounded number of words, so a text is examined in linear time.
/// </summary>
internal sealed class WordPattern
{
    private const int LongestGap = 3;
    private const int MostFillers = 4;
    private const string FillerList = "$filler";

    private static readonly HashSet<string> NumberWords = new(
        "eins zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf mitternacht viertel halb punkt ca one two three four five six seven eight nine ten".Split(' '),
        StringComparer.Ordinal);

    private readonly Element[] elements;
    private readonly bool beginsClause;

    private WordPattern(Element[] elements, bool beginsClause) => (this.elements, this.beginsClause) = (elements, beginsClause);

    internal Element First => elements[0];

    internal IEnumerable<string> Vocabulary => elements.Where(element => element.Most == 0).SelectMany(element => element.Exact);

    internal static WordPattern Parse(string pattern, IReadOnlyDictionary<string, string> lists)
    {
        var marked = pattern.StartsWith("^ ", StringComparison.Ordinal);
        var parts = pattern[(marked ? 2 : 0)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var parsed = parts.Select(part => Element.Parse(part, lists)).ToArray();
        return parsed[0].Most > 0 || parsed[0].Optional
            ? throw new FormatException($"The pattern '{pattern}' does not start with words.")
            : new(parsed, marked);
    }

    /// <summary>Whether a text of these words can match at all: each word that may not be missing has to be among them.</summary>
    internal bool CanMatch(HashSet<string> vocabulary)
    {
        foreach (var element in elements)
        {
            if (element.IsWordList && !element.Exact.Any(vocabulary.Contains))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Matches at one word.</summary>
    /// <param name="words">The text.</param>
    /// <param name="start">Where the pattern begins.</param>
    /// <param name="inGap">Told of each word that fills a gap of the match.</param>
    /// <returns>The index after the last word, or -1.</returns>
    internal int Match(List<Word> words, int start, List<int> inGap) =>
        beginsClause && start > 0 && words[start - 1].Clause == words[start].Clause ? -1 : Match(words, start, 0, start, inGap);

    private int Match(List<Word> words, int start, int element, int at, List<int> inGap)
    {
        if (element == elements.Length)
        {
            return at;
        }

        var part = elements[element];
        if (part.Most > 0)
        {
            for (var skipped = 0; skipped <= part.Most && at + skipped <= words.Count; skipped++)
            {
                if (Match(words, start, element + 1, at + skipped, inGap) is >= 0 and var end)
                {
                    inGap.AddRange(Enumerable.Range(at, part.Gap ? skipped : 0));
                    return end;
                }

                if (!Inside(words, start, at + skipped) || !(part.Gap || part.Matches(words[at + skipped])))
                {
                    break;
                }
            }

            return -1;
        }

        if (Inside(words, start, at) && part.Matches(words[at])
            && Match(words, start, element + 1, at + 1, inGap) is >= 0 and var taken)
        {
            return taken;
        }

        return part.Optional ? Match(words, start, element + 1, at, inGap) : -1;
    }

    private static bool Inside(List<Word> words, int start, int at) =>
        at < words.Count && words[at].Sentence == words[start].Sentence;

    internal sealed class Element
    {
        internal HashSet<string> Exact { get; } = new(StringComparer.Ordinal);

        internal List<string> Beginnings { get; } = [];

        internal List<string> Endings { get; } = [];

        internal bool Optional { get; private init; }

        /// <summary>Whether it takes any word.</summary>
        internal bool Gap { get; private init; }

        /// <summary>How many words it may take; 0 when it stands for exactly one.</summary>
        internal int Most { get; private init; }

        /// <summary>Whether exactly one of <see cref="Exact"/> has to stand there.</summary>
        internal bool IsWordList => !Optional && Most == 0 && !Mention && !Number && Beginnings.Count == 0 && Endings.Count == 0;

        internal bool Mention { get; private set; }

        internal bool Number { get; private set; }

        internal static Element Parse(string part, IReadOnlyDictionary<string, string> lists)
        {
            if (part == "_")
            {
                return new() { Gap = true, Most = LongestGap };
            }

            if (part[0] == '~')
            {
                var fillers = new Element { Most = MostFillers };
                fillers.Add(part == "~" ? FillerList : part[1..], lists);
                return fillers;
            }

            var optional = part[0] == '(';
            var element = new Element { Optional = optional };
            element.Add(optional ? part[1..^1] : part, lists);
            return element;
        }

        internal bool Matches(Word word) =>
            (Mention && word.Mention) || Matches(word.Text) || (word.Alternative is { } other && Matches(other));

        private bool Matches(string word)
        {
            if (Exact.Contains(word) || (Number && (char.IsAsciiDigit(word[0]) || NumberWords.Contains(word))))
            {
                return true;
            }

            foreach (var beginning in Beginnings)
            {
                if (word.StartsWith(beginning, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            foreach (var ending in Endings)
            {
                if (word.EndsWith(ending, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }

        private void Add(string alternatives, IReadOnlyDictionary<string, string> lists)
        {
            foreach (var alternative in alternatives.Split('|'))
            {
                switch (alternative)
                {
                    case "#":
                        Number = true;
                        break;
                    case "@":
                        Mention = true;
                        break;
                    case ['$', .. var name]:
                        Add(lists[name], lists);
                        break;
                    case [.. var beginning, '*'] when beginning.Length >= LexiconIndex.KeyLength:
                        Beginnings.Add(WordFolder.Plain(beginning));
                        break;
                    case ['*', .. var ending] when ending.Length >= LexiconIndex.KeyLength:
                        Endings.Add(WordFolder.Plain(ending));
                        break;
                    case { Length: > 0 } when !alternative.Contains('*', StringComparison.Ordinal):
                        Exact.Add(WordFolder.Plain(alternative));
                        break;
                    default:
                        throw new FormatException($"'{alternative}' is no word of a pattern.");
                }
            }
        }
    }
}
