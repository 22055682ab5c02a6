using System.Collections.Frozen;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>
/// Brings one word into the spelling the lexicon uses, and offers a second reading when it looks disguised.
/// </summary>
/// <param name="vocabulary">The words of the lexicon: among several readings, one that is known wins.</param>
/// <param name="disguised">The few words people hide behind asterisks or marks.</param>
internal sealed class WordFolder(FrozenSet<string> vocabulary, FrozenSet<string> disguised)
{
    /// <summary>The disguised words by what is left of them without repeated letters, to recognise "kiiiillll".</summary>
    private readonly FrozenDictionary<string, string> drawnOut = disguised
        .GroupBy(Lookalikes.Squeeze, StringComparer.Ordinal)
        .ToFrozenDictionary(same => same.Key, same => same.Order(StringComparer.Ordinal).First(), StringComparer.Ordinal);

    /// <summary>The disguised words by their length, each list in order.</summary>
    private readonly FrozenDictionary<int, string[]> byLength = disguised
        .GroupBy(word => word.Length)
        .ToFrozenDictionary(same => same.Key, same => same.Order(StringComparer.Ordinal).ToArray());

    private readonly int longest = vocabulary.Concat(disguised).Max(word => word.Length);

    /// <summary>The spelling of lexicon entries: lower case, umlauts as two letters, no marks.</summary>
    internal static string Plain(string word) =>
        Lookalikes.WithoutMarks(Lookalikes.HasOnlyGermanLetters(word) ? Lookalikes.ExpandUmlauts(word) : word);

    internal bool Knows(string word) => vocabulary.Contains(word);

    /// <summary>Folds a word in lower case and NFKC.</summary>
    /// <param name="word">Letters, digits and signs used as letters.</param>
    /// <param name="amongLatin">Whether the text around is in Latin script, so that a word of look-alikes is meant as Latin.</param>
    internal (string Text, string? Alternative) Fold(string word, bool amongLatin)
    {
        if (IsOrdinary(word))
        {
            return (word, null);
        }

        var text = Lookalikes.ShortenRuns(Plain(word), 2);
        var bare = Lookalikes.WithoutMarks(word);
        if (MayReplace(bare, amongLatin))
        {
            bare = Lookalikes.ReplaceLetters(bare);
        }

        if (drawnOut.TryGetValue(Lookalikes.Squeeze(bare), out var meant) && Lookalikes.ShortenRuns(bare, 2).Length < bare.Length)
        {
            return (text, meant);
        }

        string? other = null;
        foreach (var one in "il")
        {
            var read = bare.AsSpan().ContainsAnyExceptInRange('0', '9') ? Lookalikes.ReplaceSigns(bare, one) : bare;
            foreach (var keep in (ReadOnlySpan<int>)[2, 1])
            {
                var candidate = Lookalikes.ShortenRuns(read, keep);
                if (candidate == text)
                {
                    continue;
                }

                if (disguised.Contains(candidate) || (vocabulary.Contains(candidate) && !DiffersOnlyInUmlauts(word)))
                {
                    return (text, candidate);
                }

                other ??= DiffersOnlyInUmlauts(word) ? null : candidate;
            }
        }

        return (text, other);
    }

    /// <summary>
    /// The word behind asterisks ("f**k") or other signs within it ("b!tch"), with a second reading when there is one,
    /// provided it can only be meant as a word of the lexicon; otherwise null.
    /// </summary>
    internal (string Text, string? Alternative)? Unmask(string masked)
    {
        if (masked.Length > longest && System.Text.Ascii.IsValid(masked))
        {
            return null;
        }

        var bare = Lookalikes.ReplaceSigns(Lookalikes.WithoutMarks(masked), 'i');
        if (!masked.Contains('*', StringComparison.Ordinal))
        {
            var l = Lookalikes.ReplaceSigns(Lookalikes.WithoutMarks(masked), 'l');
            return vocabulary.Contains(bare) ? (bare, null) : vocabulary.Contains(l) ? (l, null) : null;
        }

        if (bare.Length < 4 || bare.Length - bare.Count(c => c == '*') < 2)
        {
            return null;
        }

        var readings = byLength.GetValueOrDefault(bare.Length, [])
            .Where(word => Fits(word, bare))
            .ToList();
        return readings.Count == 0 ? null : (readings[0], readings.ElementAtOrDefault(1));
    }

    private static bool Fits(string word, string masked)
    {
        for (var i = 0; i < masked.Length; i++)
        {
            if (masked[i] != '*' && masked[i] != word[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>"schwül" is not "schwul": leaving an umlaut out is a disguise only of words known to be disguised.</summary>
    private static bool DiffersOnlyInUmlauts(string word) =>
        Lookalikes.HasOnlyGermanLetters(word) && word.AsSpan().IndexOfAny("äöüß") >= 0;

    private static bool IsOrdinary(string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (!char.IsAsciiLetter(word[i]) || (i > 1 && word[i] == word[i - 1] && word[i] == word[i - 2]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MayReplace(string word, bool amongLatin)
    {
        var foreign = 0;
        var latin = false;
        foreach (var c in word)
        {
            latin |= char.IsAsciiLetter(c);
            if (Lookalikes.IsForeignLookalike(c))
            {
                foreign++;
            }
            else if (c > '\u007F' && char.IsLetter(c))
            {
                return latin;
            }
        }

        return foreign > 0 && (latin || amongLatin);
    }
}
