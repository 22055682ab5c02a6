namespace ServerlessSocial.Platform.Ai.Offline;

/// <summary>A rule that matched the words from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
/// <param name="Rule">The rule; null for an idiom.</param>
/// <param name="Start">First word.</param>
/// <param name="End">After the last word.</param>
/// <param name="InGap">The words between that the pattern left open.</param>
internal sealed record Hit(LexiconRule? Rule, int Start, int End, IReadOnlyList<int> InGap);

/// <summary>Finds the patterns that can start at a word by its whole, its first letters or its last letters.</summary>
internal sealed class LexiconIndex
{
    /// <summary>Letters by which beginnings and endings of words are looked up.</summary>
    internal const int KeyLength = 3;

    private readonly Dictionary<string, List<Entry>> whole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>> beginning = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>> ending = new(StringComparer.Ordinal);
    private readonly List<Entry> atMention = [];
    private readonly List<Entry> atNumber = [];

    private sealed record Entry(LexiconRule? Rule, WordPattern Pattern);

    internal void Add(LexiconRule? rule, WordPattern pattern)
    {
        var entry = new Entry(rule, pattern);
        Put(whole, pattern.First.Exact, entry);
        Put(beginning, pattern.First.Beginnings.Select(word => word[..KeyLength]).Distinct(), entry);
        Put(ending, pattern.First.Endings.Select(word => word[^KeyLength..]).Distinct(), entry);
        if (pattern.First.Mention)
        {
            atMention.Add(entry);
        }

        if (pattern.First.Number)
        {
            atNumber.Add(entry);
        }
    }

    /// <summary>All matches, without those that lie inside a longer one.</summary>
    internal List<Hit> Find(List<Word> words)
    {
        var hits = new List<Hit>();
        var gap = new List<int>();
        var seen = new HashSet<Entry>(ReferenceEqualityComparer.Instance);
        for (var at = 0; at < words.Count; at++)
        {
            seen.Clear();
            foreach (var entry in Candidates(words[at]))
            {
                gap.Clear();
                if (seen.Add(entry) && entry.Pattern.Match(words, at, gap) is > 0 and var end)
                {
                    hits.Add(new(entry.Rule, at, end, [.. gap]));
                }
            }
        }

        return Outermost(hits);
    }

    /// <summary>Hits come ordered by start, so one pass with the furthest end so far finds what lies inside another.</summary>
    private static List<Hit> Outermost(List<Hit> hits)
    {
        var ordered = hits.OrderBy(hit => hit.Start).ThenByDescending(hit => hit.End).ToList();
        var kept = new List<Hit>(ordered.Count);
        Hit? widest = null;
        foreach (var hit in ordered)
        {
            var inside = widest is not null && hit.End <= widest.End && (hit.Start, hit.End) != (widest.Start, widest.End);
            if (!inside)
            {
                kept.Add(hit);
                widest = hit;
            }
        }

        return kept;
    }

    private IEnumerable<Entry> Candidates(Word word)
    {
        var found = Candidates(word.Text);
        if (word.Alternative is { } other)
        {
            found = found.Concat(Candidates(other));
        }

        return word.Mention ? found.Concat(atMention) : char.IsAsciiDigit(word.Text[0]) ? found.Concat(atNumber) : found;
    }

    private IEnumerable<Entry> Candidates(string word)
    {
        IEnumerable<Entry> found = whole.GetValueOrDefault(word) ?? [];
        if (word.Length < KeyLength)
        {
            return found;
        }

        return found.Concat(beginning.GetValueOrDefault(word[..KeyLength]) ?? [])
            .Concat(ending.GetValueOrDefault(word[^KeyLength..]) ?? []);
    }

    private static void Put(Dictionary<string, List<Entry>> index, IEnumerable<string> keys, Entry entry)
    {
        foreach (var key in keys)
        {
            if (!index.TryGetValue(key, out var entries))
            {
                index[key] = entries = [];
            }

            entries.Add(entry);
        }
    }
}
