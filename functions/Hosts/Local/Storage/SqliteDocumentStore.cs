using System.Collections.Concurrent;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// The document port on SQLite. Reads answer from memory or from the file on the caller's thread and complete
/// synchronously; writes complete when their group commit is durable, and every read that starts afterwards sees them.
/// </summary>
internal sealed partial class SqliteDocumentStore(SqliteDatabase database, TimeProvider time) : IDocumentStore, IChangeFeed, ISearchIndex
{
    private const int CachedPageLimit = 100;

    private readonly DocumentCache cache = new(time);
    private readonly ConcurrentDictionary<string, DocumentTable> tables = new();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public ValueTask<StoreResult<T>> ReadAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = new CacheKey(Table(T.Container), partitionKey, id);
        if (!cache.TryGet(key, out var known) || known is not (null or T))
        {
            var stamp = cache.Stamp(key);
            using var reader = key.Table.File.Read();
            known = Load(reader.Session, typeof(T), key, stamp);
        }

        return ValueTask.FromResult(known is T found ? new StoreResult<T>(StoreStatus.Done, found) : new(StoreStatus.NotFound));
    }

    /// <inheritdoc/>
    public ValueTask<DocumentSet> ReadManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var set = new DocumentSet(keys.Count);
        List<(DocumentKey Key, CacheKey CacheKey, int Stamp)>? missing = null;
        foreach (var key in keys)
        {
            var cacheKey = new CacheKey(Table(key.Container), key.PartitionKey, key.Id);
            if (!cache.TryGet(cacheKey, out var known) || (known is not null && known.GetType() != key.Type))
            {
                (missing ??= []).Add((key, cacheKey, cache.Stamp(cacheKey)));
            }
            else if (known is not null)
            {
                set.Add(key, (Document)known);
            }
        }

        foreach (var group in missing?.GroupBy(entry => entry.CacheKey.Table.File) ?? [])
        {
            // One transaction spares each of the reads the start of its own.
            using var reader = group.Key.Read();
            reader.Session.Run("BEGIN");
            try
            {
                foreach (var (key, cacheKey, stamp) in group)
                {
                    if (Load(reader.Session, key.Type, cacheKey, stamp) is { } found)
                    {
                        set.Add(key, found);
                    }
                }
            }
            finally
            {
                reader.Session.Run("COMMIT");
            }
        }

        return ValueTask.FromResult(set);
    }

    /// <inheritdoc/>
    public ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1000, nameof(query));
        var table = Table(T.Container);
        if (query.IsOrdered)
        {
            return ValueTask.FromResult(LoadOrdered<T>(table, query));
        }

        var key = new CacheKey(table, query.PartitionKey, query.From ?? "", query.To, query.Descending ? -query.Limit : query.Limit);
        return ValueTask.FromResult(cache.TryGet(key, out var known) && known is DocumentPage<T> page ? page : LoadPage<T>(key, query));
    }

    private DocumentTable Table(ContainerDefinition container) =>
        tables.TryGetValue(container.Name, out var table) ? table : tables.GetOrAdd(container.Name, new DocumentTable(container, database));

    /// <summary>Reads a document and keeps what was found.</summary>
    /// <param name="session">A reading connection.</param>
    /// <param name="type">Type of the document.</param>
    /// <param name="key">Its key.</param>
    /// <param name="stamp">Taken before the session's transaction began.</param>
    private Document? Load(SqliteSession session, Type type, in CacheKey key, int stamp)
    {
        using var row = session.Query(key.Table.Read, key.PartitionKey, key.Id, Now);
        if (!row.Read())
        {
            cache.Fill(key, stamp, null, null, 0);
            return null;
        }

        var body = row.GetFieldValue<byte[]>(2);
        var document = StoredDocument.Deserialize(type, body, row.GetInt64(0));
        cache.Fill(key, stamp, document, StoredDocument.Expires(row, 1), StoredDocument.MemorySize(body.Length));
        return document;
    }

    /// <summary>Pages in another order are not kept: what is kept is told by ids when it is outdated.</summary>
    private DocumentPage<T> LoadOrdered<T>(DocumentTable table, DocumentQuery query)
        where T : Document
    {
        var sql = (query.Descending ? table.OrderedDescending : table.OrderedAscending)
            ?? throw new ArgumentException($"Container {table.Container} has no other order.", nameof(query));
        var items = new List<T>(Math.Min(query.Limit, 32));
        var more = false;
        using var reader = table.File.Read();
        using var rows = reader.Session.Query(sql, query.PartitionKey, query.From ?? "", query.To, Now, query.Limit + 1L, query.Group);
        while (rows.Read() && !(more = items.Count == query.Limit))
        {
            items.Add(StoredDocument.Deserialize<T>(rows.GetFieldValue<byte[]>(2), rows.GetInt64(0)));
        }

        return new(items, more, IsOrdered: true);
    }

    private DocumentPage<T> LoadPage<T>(in CacheKey key, DocumentQuery query)
        where T : Document
    {
        var stamp = cache.Stamp(key);
        var items = new List<T>(Math.Min(query.Limit, 32));
        var more = false;
        var size = 0;
        long? expires = null;
        using (var reader = key.Table.File.Read())
        {
            using var rows = reader.Session.Query(query.Descending ? key.Table.Descending : key.Table.Ascending, key.PartitionKey, key.Id, query.To, Now, query.Limit + 1L);
            while (rows.Read() && !(more = items.Count == query.Limit))
            {
                var body = rows.GetFieldValue<byte[]>(2);
                items.Add(StoredDocument.Deserialize<T>(body, rows.GetInt64(0)));
                size += StoredDocument.MemorySize(body.Length);
                expires = StoredDocument.Expires(rows, 1) is { } moment && !(moment > expires) ? moment : expires;
            }
        }

        var page = new DocumentPage<T>(items, more);
        if (query.Limit <= CachedPageLimit)
        {
            cache.Fill(key, stamp, page, expires, size);
        }

        return page;
    }
}
