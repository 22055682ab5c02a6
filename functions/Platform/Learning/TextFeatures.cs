namespace ServerlessSocial.Platform.Learning;

/// <summary>
/// Which features a learned model sees in a folded text: whole words, pairs of neighbouring words, and runs of characters inside words, the
/// blanks around them included. Each is hashed into one of a fixed number of buckets, so that a model needs no dictionary.
/// </summary>
/// <param name="Buckets">How many buckets: a power of two.</param>
/// <param name="LongestRun">Longest run of characters, at least 1.</param>
public readonly record struct TextFeatures(int Buckets, int LongestRun)
{
    private const uint Word = 0x9E37_79B9;
    private const uint Pair = 0x85EB_CA6B;

    /// <summary>Most features of a folded text of so many characters.</summary>
    public int Most(int length) => length * (LongestRun + 1);

    /// <summary>Finds the features of a folded text.</summary>
    /// <param name="folded">What <see cref="FoldedText.Fold"/> made.</param>
    /// <param name="buckets">Where to; as long as <see cref="Most"/> says.</param>
    /// <returns>How many there are; the same bucket may be among them several times.</returns>
    public int Find(ReadOnlySpan<char> folded, Span<int> buckets)
    {
        var (count, before) = (0, 0u);
        for (var start = 0; start + 1 < folded.Length;)
        {
            var end = start + 1 + folded[(start + 1)..].IndexOf(' ');
            var word = Hash(folded[(start + 1)..end], Word);
            buckets[count++] = Bucket(word);
            if (before != 0)
            {
                buckets[count++] = Bucket(before ^ (word * Pair));
            }

            count += Runs(folded[start..(end + 1)], buckets[count..]);
            before = (word * Pair) | 1;
            start = end;
        }

        return count;
    }

    private int Runs(ReadOnlySpan<char> padded, Span<int> buckets)
    {
        var count = 0;
        for (var start = 0; start < padded.Length; start++)
        {
            var hash = 0u;
            for (var end = start; end < padded.Length && end - start < LongestRun; end++)
            {
                hash = Mix(hash, padded[end]);

                // A blank alone says nothing.
                if (end > start || padded[end] != ' ')
                {
                    buckets[count++] = Bucket(hash);
                }
            }
        }

        return count;
    }

    private int Bucket(uint hash)
    {
        hash ^= hash >> 15;
        hash *= 0x2C1B_3C6D;
        hash ^= hash >> 13;
        return (int)(hash & (uint)(Buckets - 1));
    }

    private static uint Hash(ReadOnlySpan<char> text, uint hash)
    {
        foreach (var c in text)
        {
            hash = Mix(hash, c);
        }

        return hash;
    }

    /// <summary>FNV-1a over UTF-16 units.</summary>
    private static uint Mix(uint hash, char c) => ((hash ^ 0x811C_9DC5 ^ c) * 0x0100_0193) + c;
}
