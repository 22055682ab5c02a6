using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Platform.Documents;

public sealed class MergedRangesTests
{
    [Fact]
    public async Task Whatever_the_ranges_they_come_as_one_list_from_anywhere_on_and_are_read_no_further_than_needed()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var lists = Enumerable.Range(0, random.Next(0, 6)).Select(list => Spans(random, list)).ToList();
            var all = lists.SelectMany(list => list.Values).SelectMany(ids => ids).Distinct().OrderDescending(StringComparer.Ordinal).ToList();
            var after = all.Count > 0 && random.Next(2) == 0 ? all[random.Next(all.Count)] : null;
            var wanted = random.Next(1, 30);
            var piece = random.Next(1, 5);
            var queries = 0;

            var found = await MergedRanges.ReadAsync<TagEntry>(
                [.. lists.Select(list => (DocumentQuery[])[.. list.Keys.Select(partition => new DocumentQuery(partition, piece) { From = Ids.First, To = Ids.End, Descending = true })])],
                after,
                (query, _) =>
                {
                    Interlocked.Increment(ref queries);
                    return ValueTask.FromResult(Page(lists.Single(list => list.ContainsKey(query.PartitionKey))[query.PartitionKey], query));
                },
                CancellationToken.None).Take(wanted).Select(entry => entry.Id).ToListAsync();

            Assert.Equal(all.Where(id => after is null || string.CompareOrdinal(id, after) < 0).Take(wanted), found);
            Assert.True(queries <= lists.Sum(list => list.Count) + (wanted * Math.Max(1, lists.Count)), $"{queries} queries, seed {seed}");
        }
    }

    /// <summary>A list that is divided into one to three partitions, each of which ends where the next one begins; ids of lists may be the same.</summary>
    private static SortedList<string, List<string>> Spans(Random random, int list)
    {
        var ids = Enumerable.Range(0, random.Next(0, 25)).Select(_ => random.Next(1_000).ToString("x32", null)).Distinct().OrderDescending(StringComparer.Ordinal).ToList();
        var spans = new SortedList<string, List<string>>(StringComparer.Ordinal);
        for (var span = random.Next(1, 4); span > 0; span--)
        {
            var count = span == 1 ? ids.Count : random.Next(ids.Count + 1);
            spans.Add($"{list}:{9 - span}", ids[..count]);
            ids.RemoveRange(0, count);
        }

        return spans;
    }

    private static DocumentPage<TagEntry> Page(List<string> ids, DocumentQuery query)
    {
        var range = ids.Where(id => string.CompareOrdinal(id, query.From) >= 0 && string.CompareOrdinal(id, query.To) < 0).ToList();
        return new([.. range.Take(query.Limit).Select(id => new TagEntry { Id = id, Tag = query.PartitionKey })], range.Count > query.Limit);
    }
}
