using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// The document port on SQLite. Reads answer from memory or from the file on the caller's thread and complete
/// synchronously; writes complete when their group commit is durable, and every read that starts afterwards sees them.
/// </summary>
internal sealed partial class SqliteDocumentStore : IDocumentStore, IChangeFeed
{
    private const int CachedPageLimit = 100;
    private const int SeenContainers = 64;

    private readonly SqliteDatabase database;
    private readonly TimeProvider time;
    private readonly DocumentCache cache = new();
    private readonly Dictionary<string, DocumentTable> tables = [];
    private readonly HashSet<string> tablesAtStart;
    private readonly Dictionary<string, StagedDocuments> stagedAtStart;
    private (ContainerDefinition Container, DocumentTable Table)[] seen = [];

    /// <summary>A store in a database; containers are created when they are first written to.</summary>
    public SqliteDocumentStore(SqliteDatabase database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        var staged = new Dictionary<string, StagedDocuments>();
        database.Initialize(session => staged = StagingJournal.Open(session));
        stagedAtStart = staged;
        using var reader = database.Read();
        using var names = reader.Session.Use(new Sql("SELECT name FROM sqlite_schema WHERE type = 'table'"));
        tablesAtStart = [];
        while (names.Step())
        {
            tablesAtStart.Add($"\"{names.Text(0)}\"");
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public ValueTask<StoreResult<T>> ReadAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var table = Table(T.Container);
        var key = new CacheKey(table, partitionKey, id);
        if (!cache.TryGet(key, time, out var known) || (known is not null and not T))
        {
            var stamp = cache.Stamp(key);
            var staged = table.Staged.Find(partitionKey, id);
            using var reader = database.Read();
            known = Load(reader.Session, typeof(T), key, staged, stamp);
        }

        return ValueTask.FromResult(known is T found ? new StoreResult<T>(StoreStatus.Done, found) : new(StoreStatus.NotFound));
    }

    /// <inheritdoc/>
    public ValueTask<DocumentSet> ReadManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var set = new DocumentSet(keys.Count);
        List<(DocumentKey Key, CacheKey CacheKey)>? missing = null;
        foreach (var key in keys)
        {
            var cacheKey = new CacheKey(Table(key.Container), key.PartitionKey, key.Id);
            if (!cache.TryGet(cacheKey, time, out var known) || (known is not null && known.GetType() != key.Type))
            {
                (missing ??= []).Add((key, cacheKey));
            }
            else if (known is not null)
            {
                set.Add(key, (Document)known);
            }
        }

        if (missing is not null)
        {
            LoadMissing(missing, set);
        }

        return ValueTask.FromResult(set);
    }

    /// <inheritdoc/>
    public ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1000);
        var table = Table(T.Container);
        var key = new CacheKey(table, query.PartitionKey, query.From ?? "", query.To, query.Descending ? -query.Limit : query.Limit);
        if (cache.TryGet(key, time, out var known) && known is DocumentPage<T> page)
        {
            return ValueTask.FromResult(page);
        }

        var stamp = cache.Stamp(key);
        var built = Query<T>(table, query);
        page = built.Build();
        if (query.Limit <= CachedPageLimit)
        {
            cache.Fill(key, stamp, page, built.Expires, built.Size);
        }

        return ValueTask.FromResult(page);
    }

    private DocumentTable Table(ContainerDefinition container)
    {
        // Documents declare their container once, so comparing references finds it without hashing its name.
        foreach (var (known, table) in Volatile.Read(ref seen))
        {
            if (ReferenceEquals(known, container))
            {
                return table;
            }
        }

        return Remember(container);
    }

    private DocumentTable Remember(ContainerDefinition container)
    {
        lock (tables)
        {
            if (!tables.TryGetValue(container.Name, out var table))
            {
                tables.Add(container.Name, table = OpenTable(container));
            }

            if (seen.Length < SeenContainers)
            {
                Volatile.Write(ref seen, [.. seen, (container, table)]);
            }

            return table;
        }
    }

    private DocumentTable OpenTable(ContainerDefinition container)
    {
        var table = new DocumentTable(container, stagedAtStart.GetValueOrDefault(container.Name) ?? new());
        table.Exists = tablesAtStart.Contains(table.Name);
        return table;
    }

    private void LoadMissing(List<(DocumentKey Key, CacheKey CacheKey)> missing, DocumentSet set)
    {
        var stamps = new long[missing.Count];
        var staged = new StagedDocument?[missing.Count];
        for (var i = 0; i < stamps.Length; i++)
        {
            // In this order: what leaves staging is in the table by then.
            stamps[i] = cache.Stamp(missing[i].CacheKey);
            staged[i] = missing[i].CacheKey.Table.Staged.Find(missing[i].CacheKey.PartitionKey, missing[i].CacheKey.Id);
        }

        using var reader = database.Read();
        using var snapshot = reader.Session.Snapshot();
        for (var i = 0; i < stamps.Length; i++)
        {
            if (Load(reader.Session, missing[i].Key.Type, missing[i].CacheKey, staged[i], stamps[i]) is { } found)
            {
                set.Add(missing[i].Key, found);
            }
        }
    }

    private Document? Load(SqliteSession session, Type type, in CacheKey key, StagedDocument? staged, long stamp)
    {
        if (staged is not null)
        {
            return staged.IsVisible(Now) ? Keep(key, type, staged.Body, staged.Sequence, staged.Expires, stamp) : null;
        }

        if (key.Table.Exists)
        {
            using var row = session.Use(key.Table.Read).Bind(1, key.PartitionKey).Bind(2, key.Id).Bind(3, Now);
            if (row.Step())
            {
                return Keep(key, type, row.Blob(2), row.Number(0), row.IsNull(1) ? null : row.Number(1), stamp);
            }
        }

        cache.Fill(key, stamp, null, null, 0);
        return null;
    }

    private Document Keep(in CacheKey key, Type type, ReadOnlySpan<byte> body, long sequence, long? expires, long stamp)
    {
        var document = StoredDocument.Deserialize(type, body, sequence);
        cache.Fill(key, stamp, document, expires, StoredDocument.MemorySize(body.Length));
        return document;
    }

    private PageBuilder<T> Query<T>(DocumentTable table, DocumentQuery query)
        where T : Document
    {
        var now = Now;
        var staged = table.Staged.Range(query.PartitionKey, query.From, query.To);
        if (query.Descending)
        {
            staged.Reverse();
        }

        var page = new PageBuilder<T>(query.Limit, now);
        var next = 0;
        if (table.Exists)
        {
            using var reader = database.Read();
            using var rows = reader.Session.Use(query.Descending ? table.Descending : table.Ascending);
            rows.Bind(1, query.PartitionKey).Bind(2, query.From ?? "").Bind(4, now).Bind(5, query.Limit + 1L + staged.Count);
            if (query.To is null)
            {
                // Every text sorts before any blob.
                rows.BindBlob(3, []);
            }
            else
            {
                rows.Bind(3, query.To);
            }

            while (!page.HasMore && rows.Step())
            {
                var hidden = false;
                if (next < staged.Count)
                {
                    var id = rows.Text(3);
                    for (; next < staged.Count && IsBeforeOrAt(staged[next].Id, id, query.Descending); next++)
                    {
                        page.Add(staged[next]);
                        hidden |= staged[next].Id == id;
                    }
                }

                if (!hidden)
                {
                    page.Add(rows.Blob(2), rows.Number(0), rows.IsNull(1) ? null : rows.Number(1));
                }
            }
        }

        for (; !page.HasMore && next < staged.Count; next++)
        {
            page.Add(staged[next]);
        }

        return page;
    }

    private static bool IsBeforeOrAt(string stagedId, string id, bool descending) =>
        string.CompareOrdinal(stagedId, id) is var order && (descending ? order >= 0 : order <= 0);
}
