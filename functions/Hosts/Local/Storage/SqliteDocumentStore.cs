using System.Collections.Concurrent;
using System.Globalization;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// The document port on SQLite. Reads answer from memory or from the file on the caller's thread and complete
/// synchronously; writes complete when their group commit is durable, and every read that starts afterwards sees them.
/// </summary>
internal sealed partial class SqliteDocumentStore : IDocumentStore, IChangeFeed
{
    private const int CachedPageLimit = 100;

    private readonly SqliteDatabase database;
    private readonly TimeProvider time;
    private readonly DocumentCache cache = new();
    private readonly ConcurrentDictionary<string, DocumentTable> tables = new();
    private readonly HashSet<string> tablesAtStart;

    /// <summary>A store in a database; containers are created when they are first written to.</summary>
    public SqliteDocumentStore(SqliteDatabase database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
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
            var stamp = cache.Stamp(table, partitionKey);
            using var reader = database.Read();
            known = Load(reader.Session, typeof(T), key, stamp);
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

        var stamp = cache.Stamp(table, query.PartitionKey);
        page = Query<T>(table, query, out var expires, out var size);
        if (query.Limit <= CachedPageLimit)
        {
            cache.Fill(key, stamp, page, expires, size);
        }

        return ValueTask.FromResult(page);
    }

    /// <inheritdoc/>
    public ValueTask<ChangePage<T>> ReadChangesAsync<T>(string? position, int limit, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var table = FeedTable(T.Container);
        if (!table.Exists)
        {
            return ValueTask.FromResult(new ChangePage<T>([], position));
        }

        using var reader = database.Read();
        using var rows = reader.Session.Use(table.Changes).Bind(1, Position(position)).Bind(2, Now).Bind(3, limit);
        var changes = new List<T>();
        var last = 0L;
        while (rows.Step())
        {
            last = rows.Number(0);
            changes.Add(StoredDocument.Deserialize<T>(rows.Blob(2), last));
        }

        return ValueTask.FromResult(new ChangePage<T>(changes, changes.Count == 0 ? position : last.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Completes as soon as <see cref="ReadChangesAsync{T}"/> would find something after the position.</summary>
    /// <param name="container">A container with a change feed.</param>
    /// <param name="position">As in <see cref="ReadChangesAsync{T}"/>.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async ValueTask WaitForChangesAsync(ContainerDefinition container, string? position, CancellationToken cancellationToken)
    {
        var table = FeedTable(container);
        while (true)
        {
            // The newest change may be of a document that is gone: what counts is whether a row is there.
            var newest = table.Signal.Newest;
            if (table.Exists && AnyChange(table, Position(position)))
            {
                return;
            }

            await table.Signal.AfterAsync(newest, cancellationToken);
        }
    }

    /// <summary>Whether <see cref="ReadChangesAsync{T}"/> would find something after the position.</summary>
    public bool HasChanges(ContainerDefinition container, string? position)
    {
        var table = FeedTable(container);
        return table.Exists && AnyChange(table, Position(position));
    }

    private static long Position(string? position) => position is null ? 0 : long.Parse(position, NumberStyles.None, CultureInfo.InvariantCulture);

    private bool AnyChange(DocumentTable table, long position)
    {
        using var reader = database.Read();
        using var rows = reader.Session.Use(table.Changes).Bind(1, position).Bind(2, Now).Bind(3, 1);
        return rows.Step();
    }

    private DocumentTable FeedTable(ContainerDefinition container) =>
        container.ChangeFeed ? Table(container) : throw new ArgumentException($"Container '{container.Name}' declares no change feed.", nameof(container));

    private DocumentTable Table(ContainerDefinition container) =>
        tables.TryGetValue(container.Name, out var table) ? table : tables.GetOrAdd(container.Name, static (_, arguments) => arguments.Store.OpenTable(arguments.Container), (Store: this, Container: container));

    private DocumentTable OpenTable(ContainerDefinition container)
    {
        var table = new DocumentTable(container);
        table.Exists = tablesAtStart.Contains(table.Name);
        return table;
    }

    private void LoadMissing(List<(DocumentKey Key, CacheKey CacheKey)> missing, DocumentSet set)
    {
        var stamps = new long[missing.Count];
        for (var i = 0; i < stamps.Length; i++)
        {
            stamps[i] = cache.Stamp(missing[i].CacheKey.Table, missing[i].CacheKey.PartitionKey);
        }

        using var reader = database.Read();
        using var snapshot = reader.Session.Snapshot();
        for (var i = 0; i < stamps.Length; i++)
        {
            if (Load(reader.Session, missing[i].Key.Type, missing[i].CacheKey, stamps[i]) is { } found)
            {
                set.Add(missing[i].Key, found);
            }
        }
    }

    private Document? Load(SqliteSession session, Type type, in CacheKey key, long stamp)
    {
        if (!key.Table.Exists)
        {
            cache.Fill(key, stamp, null, null, 0);
            return null;
        }

        using var row = session.Use(key.Table.Read).Bind(1, key.PartitionKey).Bind(2, key.Id).Bind(3, Now);
        if (!row.Step())
        {
            cache.Fill(key, stamp, null, null, 0);
            return null;
        }

        var body = row.Blob(2);
        var document = StoredDocument.Deserialize(type, body, row.Number(0));
        cache.Fill(key, stamp, document, row.IsNull(1) ? null : row.Number(1), StoredDocument.MemorySize(body.Length));
        return document;
    }

    private DocumentPage<T> Query<T>(DocumentTable table, DocumentQuery query, out long? expires, out int size)
        where T : Document
    {
        (expires, size) = (null, 0);
        if (!table.Exists)
        {
            return new([], false);
        }

        using var reader = database.Read();
        using var rows = reader.Session.Use(query.Descending ? table.Descending : table.Ascending);
        rows.Bind(1, query.PartitionKey).Bind(2, query.From ?? "").Bind(4, Now).Bind(5, query.Limit + 1L);
        if (query.To is null)
        {
            // Every text sorts before any blob.
            rows.BindBlob(3, []);
        }
        else
        {
            rows.Bind(3, query.To);
        }

        var items = new List<T>(Math.Min(query.Limit, 32));
        while (rows.Step())
        {
            if (items.Count == query.Limit)
            {
                return new(items, true);
            }

            var body = rows.Blob(2);
            items.Add(StoredDocument.Deserialize<T>(body, rows.Number(0)));
            size += StoredDocument.MemorySize(body.Length);
            if (!rows.IsNull(1) && !(rows.Number(1) > expires))
            {
                expires = rows.Number(1);
            }
        }

        return new(items, false);
    }
}
