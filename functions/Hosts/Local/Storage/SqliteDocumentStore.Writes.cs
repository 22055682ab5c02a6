using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

internal sealed partial class SqliteDocumentStore
{
    /// <summary>Documents of one bulk operation: short enough that small writes beside it do not wait noticeably.</summary>
    private const int BulkChunk = 128;

    /// <inheritdoc/>
    public async ValueTask<StoreResult<T>> CreateAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var table = Table(T.Container);
        var prepared = StoredDocument.Prepare(document, 1);
        var body = StoredDocument.Serialize(prepared);
        var now = Now;
        var expires = StoredDocument.Expires(table.Container, document.Ttl, now);
        var created = await WriteAsync(
            [new(table, prepared.PartitionKey, prepared.Id)],
            session =>
            {
                table.EnsureCreated(session);
                var sequence = database.NextSequence();
                session.Use(table.Insert).Bind(1, prepared.PartitionKey).Bind(2, prepared.Id).Bind(3, sequence).Bind(4, expires).BindBlob(5, body).Bind(6, now).Run();
                return session.Changes == 0 ? null : StoredDocument.Stamp(prepared, sequence);
            },
            stored => Keep(table, stored, expires, body.Length));
        return created is null ? new(StoreStatus.Conflict) : new(StoreStatus.Done, created);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreResult<T>> ReplaceAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var table = Table(T.Container);
        var known = StoredDocument.TryParseETag(document.ETag, out var revision, out var expected);
        var prepared = StoredDocument.Prepare(document, revision + 1);
        var body = StoredDocument.Serialize(prepared);
        var now = Now;
        var expires = StoredDocument.Expires(table.Container, document.Ttl, now);
        var (status, replaced) = await WriteAsync<(StoreStatus, T?)>(
            [new(table, prepared.PartitionKey, prepared.Id)],
            session =>
            {
                table.EnsureCreated(session);
                if (known)
                {
                    var sequence = database.NextSequence();
                    session.Use(table.Replace).Bind(1, sequence).Bind(2, expires).BindBlob(3, body)
                        .Bind(4, prepared.PartitionKey).Bind(5, prepared.Id).Bind(6, expected).Bind(7, now).Run();
                    if (session.Changes > 0)
                    {
                        return (StoreStatus.Done, StoredDocument.Stamp(prepared, sequence));
                    }
                }

                using var present = session.Use(table.Read).Bind(1, prepared.PartitionKey).Bind(2, prepared.Id).Bind(3, now);
                return (present.Step() ? StoreStatus.PreconditionFailed : StoreStatus.NotFound, null);
            },
            result => Keep(table, result.Item2, expires, body.Length));
        return new(status, replaced);
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
        foreach (var chunk in keys.Select(key => new CacheKey(Table(key.Container), key.PartitionKey, key.Id)).Chunk(BulkChunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await WriteAsync(
                chunk,
                session =>
                {
                    foreach (var key in chunk)
                    {
                        key.Table.EnsureCreated(session);
                        session.Use(key.Table.Delete).Bind(1, key.PartitionKey).Bind(2, key.Id).Run();
                    }

                    return true;
                },
                _ =>
                {
                    foreach (var key in chunk)
                    {
                        cache.Forget(key);
                    }
                },
                bulk: chunk.Length > 16);
        }
    }

    /// <inheritdoc/>
    public async ValueTask UpsertManyAsync<T>(IReadOnlyCollection<T> documents, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var table = Table(T.Container);
        if (IsScattered(table, documents))
        {
            await StageAsync(table, documents, cancellationToken);
            return;
        }

        foreach (var chunk in documents.Chunk(BulkChunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = Now;
            var rows = Array.ConvertAll(chunk, document => (
                Key: new CacheKey(table, document.PartitionKey, document.Id),
                Expires: StoredDocument.Expires(table.Container, document.Ttl, now),
                Body: StoredDocument.Serialize(StoredDocument.Prepare(document, Math.Max(1, document.Revision)))));
            await WriteAsync(
                Array.ConvertAll(rows, row => row.Key),
                session =>
                {
                    table.EnsureCreated(session);
                    var statement = session.Use(table.Upsert);
                    foreach (var (key, expires, body) in rows)
                    {
                        statement.Bind(1, key.PartitionKey).Bind(2, key.Id).Bind(3, database.NextSequence()).Bind(4, expires).BindBlob(5, body).Run();
                    }

                    return true;
                },
                written =>
                {
                    table.Exists |= written;
                    foreach (var row in rows)
                    {
                        cache.Forget(row.Key);
                    }

                    table.Signal.Advance(database.LastSequence);
                },
                bulk: chunk.Length > 16);
        }
    }

    /// <summary>Writes to documents in their table, once none of them is staged.</summary>
    private async Task<T?> WriteAsync<T>(CacheKey[] keys, Func<SqliteSession, T> execute, Action<T?> committed, bool bulk = false)
    {
        while (true)
        {
            var (done, result) = await database.WriteAsync(
                session => Array.Exists(keys, IsStaged) ? (false, default(T)) : (true, execute(session)),
                outcome => committed(outcome.Item2),
                bulk: bulk);
            if (done)
            {
                return result;
            }

            await UnstageAsync(keys);
        }
    }

    private static bool IsStaged(CacheKey key) => key.Table.Staged.Find(key.PartitionKey, key.Id) is not null;

    /// <summary>Between commit and acknowledgement of a write of one document; null if it wrote nothing.</summary>
    private void Keep(DocumentTable table, Document? stored, long? expires, int bodyBytes)
    {
        if (stored is null)
        {
            return;
        }

        table.Exists = true;
        cache.Set(new(table, stored.PartitionKey, stored.Id), stored, expires, StoredDocument.MemorySize(bodyBytes));
        if (table.Container.ChangeFeed && StoredDocument.TryParseETag(stored.ETag, out _, out var sequence))
        {
            table.Signal.Advance(sequence);
        }
    }
}
