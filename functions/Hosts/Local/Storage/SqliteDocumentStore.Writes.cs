using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

internal sealed partial class SqliteDocumentStore
{
    /// <summary>Documents of one operation: short enough that small writes beside it do not wait noticeably.</summary>
    private const int Chunk = 128;

    /// <inheritdoc/>
    public async ValueTask<StoreResult<T>> CreateAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (row, now) = (Row.Of(Table(T.Container), document, 1, Now), Now);
        var sequence = await WriteAsync([row.Key], session =>
        {
            var next = row.Key.Table.File.NextSequence();
            return session.Run(row.Key.Table.Insert, row.Key.PartitionKey, row.Key.Id, next, row.Expires, row.Body, now) > 0 ? next : 0;
        });
        return sequence == 0 ? new(StoreStatus.Conflict) : new(StoreStatus.Done, StoredDocument.Stamp(StoredDocument.Prepare(document, 1), sequence));
    }

    /// <inheritdoc/>
    public async ValueTask<StoreResult<T>> ReplaceAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        cancellationToken.ThrowIfCancellationRequested();

        // An ETag this store never gave holds no number that any version has: numbers begin with 1.
        _ = StoredDocument.TryParseETag(document.ETag, out var revision, out var expected);
        var (row, now) = (Row.Of(Table(T.Container), document, revision + 1, Now), Now);
        var (status, sequence) = await WriteAsync([row.Key], session =>
        {
            var next = row.Key.Table.File.NextSequence();
            if (session.Run(row.Key.Table.Replace, row.Key.PartitionKey, row.Key.Id, next, row.Expires, row.Body, expected, now) > 0)
            {
                return (StoreStatus.Done, next);
            }

            using var present = session.Query(row.Key.Table.Read, row.Key.PartitionKey, row.Key.Id, now);
            return (present.Read() ? StoreStatus.PreconditionFailed : StoreStatus.NotFound, 0);
        });
        return status == StoreStatus.Done ? new(status, StoredDocument.Stamp(StoredDocument.Prepare(document, revision + 1), sequence)) : new(status);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreResult<T>> DeleteAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        await DeleteManyAsync([DocumentKey.Of<T>(partitionKey, id)], cancellationToken);
        return new(StoreStatus.Done);
    }

    /// <inheritdoc/>
    public async ValueTask DeleteManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        foreach (var file in keys.Select(key => new CacheKey(Table(key.Container), key.PartitionKey, key.Id)).GroupBy(key => key.Table.File))
        {
            foreach (var chunk in file.Chunk(Chunk))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await WriteAsync(chunk, session => chunk.Sum(key => session.Run(key.Table.Delete, key.PartitionKey, key.Id)));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask UpsertManyAsync<T>(IReadOnlyCollection<T> documents, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var table = Table(T.Container);
        foreach (var chunk in documents.Chunk(Chunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = Now;
            var rows = Array.ConvertAll(chunk, document => Row.Of(table, document, Math.Max(1, document.Revision), now));
            await WriteAsync(
                Array.ConvertAll(rows, row => row.Key),
                session => rows.Sum(row => session.Run(table.Upsert, row.Key.PartitionKey, row.Key.Id, table.File.NextSequence(), row.Expires, row.Body)));
        }
    }

    /// <summary>Writes documents of one file; before anybody is told, what is known of them in memory is outdated and followers wake.</summary>
    private Task<T> WriteAsync<T>(CacheKey[] keys, Func<SqliteSession, T> execute) =>
        keys[0].Table.File.WriteAsync(execute, _ => Announce(keys));

    private void Announce(IReadOnlyList<CacheKey> keys)
    {
        foreach (var key in keys)
        {
            cache.Forget(key);
        }

        if (keys.Count > 0 && keys[0].Table.Container.ChangeFeed)
        {
            keys[0].Table.Signal.Set();
        }
    }

    /// <summary>A document on its way into its table.</summary>
    private readonly record struct Row(CacheKey Key, long? Expires, byte[] Body)
    {
        public static Row Of<T>(DocumentTable table, T document, long revision, long now)
            where T : Document =>
            new(
                new(table, document.PartitionKey, document.Id),
                StoredDocument.Expires(table.Container, document.Ttl, now),
                StoredDocument.Serialize(StoredDocument.Prepare(document, revision)));
    }
}
