namespace ServerlessSocial.Hosts.Local.SampleModels;

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
    private int count;

    private sealed record Entry(int Number, LexiconRule? Rule, WordPattern Pattern);

    internal void Add(LexiconRule? rule, WordPattern pattern)
    {
        var entry = new Entry(count++, rule, pattern);
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

    /// <summary>
    /// All matches, without those that lie inside a longer one, which knows better what is meant ("ich bring dich um"
    /// is no "bring dich um"), unless the shorter one says the same more strongly.
    /// </summary>
    internal List<Hit> Find(List<Word> words)
    {
        var vocabulary = new HashSet<string>(words.Count, StringComparer.Ordinal);
        foreach (var word in words)
        {
            vocabulary.Add(word.Text);
            if (word.Alternative is { } other)
            {
                vocabulary.Add(other);
            }
        }

        var hits = new List<Hit>();
        var gap = new List<int>();
        var candidates = new List<Entry>();
        var triedAt = new int[count];
        var possible = new bool?[count];
        for (var at = 0; at < words.Count; at++)
        {
            candidates.Clear();
            AddCandidates(words[at], candidates);
            foreach (var entry in candidates)
            {
                // The same pattern can be found by several keys of one word; most patterns need a word the text lacks.
                if (triedAt[entry.Number] == at + 1 || !(possible[entry.Number] ??= entry.Pattern.CanMatch(vocabulary)))
                {
                    continue;
                }

                triedAt[entry.Number] = at + 1;
                gap.Clear();
                if (entry.Pattern.Match(words, at, gap) is > 0 and var end)
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
            var stronger = hit.Rule?.Category == widest?.Rule?.Category && hit.Rule?.Weight > widest?.Rule?.Weight;
            if (!inside || stronger)
            {
                kept.Add(hit);
                widest = inside ? widest : hit;
            }
        }

        return kept;
    }

    private void AddCandidates(Word word, List<Entry> candidates)
    {
        AddCandidates(word.Text, candidates);
        if (word.Alternative is { } other)
        {
            AddCandidates(other, candidates);
        }

        if (word.Mention)
        {
            candidates.AddRange(atMention);
        }

        if (char.IsAsciiDigit(word.Text[0]))
        {
            candidates.AddRange(atNumber);
        }
    }

    private void AddCandidates(string word, List<Entry> candidates)
    {
        AddRange(whole, word, candidates);
        if (word.Length >= KeyLength)
        {
            AddRange(beginning, word.AsSpan(0, KeyLength), candidates);
            AddRange(ending, word.AsSpan(word.Length - KeyLength), candidates);
        }
    }

    private static void AddRange(Dictionary<string, List<Entry>> index, ReadOnlySpan<char> key, List<Entry> candidates)
    {
        if (index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var entries))
        {
            candidates.AddRange(entries);
        }
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
