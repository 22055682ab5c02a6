using System.Runtime.CompilerServices;

namespace ServerlessSocial.Platform.Documents;

/// <summary>
/// Reads ranges of several partitions as one list, in descending order of ids: a k-way merge with a heap. Each range is read in small pieces, the first of each at
/// once, a further one when all that was read of it has been passed on. So a page costs a query for each range and a few more.
/// </summary>
public static class MergedRanges
{
    private const int SideBySide = 16;

    /// <summary>Reads documents until whoever asks has enough; those that ranges share come once.</summary>
    /// <param name="lists">What to merge: for each list its ranges, one after the other, descending, their limits the size of a piece.</param>
    /// <param name="after">Behind which id to begin; null at the beginning.</param>
    /// <param name="query">Reads a piece.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        IReadOnlyCollection<IReadOnlyList<DocumentQuery>> lists,
        string? after,
        Func<DocumentQuery, CancellationToken, ValueTask<DocumentPage<T>>> query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : Document
    {
        var sources = lists.Select(ranges => new Source<T>(ranges, after, query)).ToList();
        await Parallel.ForEachAsync(
            sources, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken }, (source, token) => source.FillAsync(token));
        var heads = new PriorityQueue<Source<T>, string>(sources.Count, NewestFirst.Comparer);
        foreach (var source in sources)
        {
            Put(source);
        }

        for (string? last = null; heads.TryDequeue(out var source, out _);)
        {
            var document = source.Take();
            if (document.Id != last)
            {
                yield return document;
                last = document.Id;
            }

            if (source.Head is null)
            {
                await source.FillAsync(cancellationToken);
            }

            Put(source);
        }

        void Put(Source<T> source)
        {
            if (source.Head is { } head)
            {
                heads.Enqueue(source, head.Id);
            }
        }
    }

    private sealed class NewestFirst : IComparer<string>
    {
        public static NewestFirst Comparer { get; } = new();

        public int Compare(string? x, string? y) => string.CompareOrdinal(y, x);
    }

    /// <summary>A list, as far as it was read.</summary>
    private sealed class Source<T>(IReadOnlyList<DocumentQuery> ranges, string? after, Func<DocumentQuery, CancellationToken, ValueTask<DocumentPage<T>>> query)
        where T : Document
    {
        private readonly Queue<T> read = new();
        private int here;
        private string? position = after;

        public T? Head => read.TryPeek(out var head) ? head : null;

        public T Take() => read.Dequeue();

        /// <summary>Reads the next piece; nothing at the end of the last range.</summary>
        public async ValueTask FillAsync(CancellationToken cancellationToken)
        {
            while (read.Count == 0 && here < ranges.Count)
            {
                var page = await query(ranges[here].After(position), cancellationToken);
                foreach (var document in page.Items)
                {
                    read.Enqueue(document);
                }

                position = page.Next ?? position;
                here += page.Next is null ? 1 : 0;
            }
        }
    }
}
