using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

internal sealed partial class SqliteDocumentStore
{
    /// <summary>Tallies of one operation at most: each reads and writes a mark, and one document per subject.</summary>
    private const int TallyChunk = 128;

    /// <inheritdoc/>
    public async ValueTask TallyAsync(IReadOnlyCollection<Tally> tallies, CancellationToken cancellationToken)
    {
        var table = Table(StatsDocument.Container);
        foreach (var chunk in tallies.Chunk(TallyChunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = Now;
            await database.WriteAsync(
                session => Count(session, table, chunk, now),
                written => Publish(table, written),
                atomic: true,
                bulk: chunk.Length > 16);
        }
    }

    private List<(Document Document, int Size)> Count(SqliteSession session, DocumentTable table, Tally[] tallies, long now)
    {
        table.EnsureCreated(session);
        var written = new List<(Document, int)>();
        var differences = new Dictionary<string, Dictionary<string, long>>();
        foreach (var tally in tallies)
        {
            var mark = Find<TallyMark>(session, table, tally.SubjectId, tally.MarkId, now);
            if (mark is not null && mark.SourceRevision >= tally.Revision)
            {
                continue;
            }

            written.Add(Put(session, table, new TallyMark
            {
                Id = tally.MarkId,
                SubjectId = tally.SubjectId,
                Counts = tally.Counts,
                SourceRevision = tally.Revision,
                Revision = (mark?.Revision ?? 0) + 1,
            }));

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
        using var row = session.Use(table.Read).Bind(1, partitionKey).Bind(2, id).Bind(3, now);
        return row.Step() ? StoredDocument.Deserialize<T>(row.Blob(2), row.Number(0)) : null;
    }

    private (Document Document, int Size) Put<T>(SqliteSession session, DocumentTable table, T document)
        where T : Document
    {
        var body = StoredDocument.Serialize(document);
        var sequence = database.NextSequence();
        session.Use(table.Upsert).Bind(1, document.PartitionKey).Bind(2, document.Id).Bind(3, sequence).Bind(4, (long?)null).BindBlob(5, body).Run();
        return (StoredDocument.Stamp(document, sequence), StoredDocument.MemorySize(body.Length));
    }

    /// <summary>Counters are read with every post, so they stay in memory; marks are read only when a fact changes.</summary>
    private void Publish(DocumentTable table, List<(Document Document, int Size)>? written)
    {
        table.Exists |= written is not null;
        foreach (var (document, size) in written ?? [])
        {
            var key = new CacheKey(table, document.PartitionKey, document.Id);
            if (document is StatsDocument)
            {
                cache.Set(key, document, null, size);
            }
            else
            {
                cache.Forget(key);
            }
        }
    }
}
