using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

internal sealed partial class SqliteDocumentStore
{
    /// <inheritdoc/>
    public async ValueTask TallyAsync(IReadOnlyCollection<Tally> tallies, CancellationToken cancellationToken)
    {
        var table = Table(StatsDocument.Container);
        foreach (var chunk in tallies.Chunk(Chunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = Now;
            await table.File.WriteAsync(session => Count(session, table, chunk, now), Announce);
        }
    }

    /// <summary>Counts, and tells which documents it wrote.</summary>
    private static List<CacheKey> Count(SqliteSession session, DocumentTable table, Tally[] tallies, long now)
    {
        var written = new List<CacheKey>();
        var differences = new Dictionary<string, Dictionary<string, long>>();
        foreach (var tally in tallies)
        {
            var mark = Find<TallyMark>(session, table, tally.SubjectId, tally.MarkId, now);
            if (mark is not null && mark.SourceRevision >= tally.Revision)
            {
                continue;
            }

            written.Add(Put(session, table, tally.ToMark() with { Revision = (mark?.Revision ?? 0) + 1 }));

            var difference = (tally.Counts ? 1 : 0) - (mark?.Counts == true ? 1 : 0);
            if (difference != 0)
            {
                var counters = differences.TryGetValue(tally.SubjectId, out var known) ? known : differences[tally.SubjectId] = [];
                counters[tally.Counter] = counters.GetValueOrDefault(tally.Counter) + difference;
            }
        }

        foreach (var (subject, changes) in differences)
        {
            var stats = Find<StatsDocument>(session, table, subject, StatsDocument.CountersId, now);
            var counters = new Dictionary<string, long>(stats?.Counters ?? new Dictionary<string, long>());
            foreach (var (counter, difference) in changes)
            {
                counters[counter] = Math.Max(0, counters.GetValueOrDefault(counter) + difference);
            }

            written.Add(Put(session, table, (stats ?? new() { Id = StatsDocument.CountersId, SubjectId = subject }) with
            {
                Counters = counters,
                Revision = (stats?.Revision ?? 0) + 1,
                ETag = null,
            }));
        }

        return written;
    }

    private static T? Find<T>(SqliteSession session, DocumentTable table, string partitionKey, string id, long now)
        where T : Document
    {
        using var row = session.Query(table.Read, partitionKey, id, now);
        return row.Read() ? StoredDocument.Deserialize<T>(row.GetFieldValue<byte[]>(2), row.GetInt64(0)) : null;
    }

    private static CacheKey Put<T>(SqliteSession session, DocumentTable table, T document)
        where T : Document
    {
        session.Run(table.Upsert, document.PartitionKey, document.Id, table.File.NextSequence(), null, StoredDocument.Serialize(document));
        return new(table, document.PartitionKey, document.Id);
    }
}
