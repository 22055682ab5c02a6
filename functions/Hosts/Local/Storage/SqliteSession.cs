using SQLitePCL;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private static readonly Sql BeginRead = new("BEGIN");
    private static readonly Sql EndRead = new("COMMIT");

    private readonly sqlite3 handle;
    private SqliteStatement?[] statements = new SqliteStatement?[64];

    private SqliteSession(sqlite3 handle) => this.handle = handle;

    /// <summary>Rows the last statement inserted, updated or deleted.</summary>
    public int Changes => raw.sqlite3_changes(handle);

    /// <summary>Whether a transaction is open. SQLite itself rolls back when the disk is full or broken.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>Opens the database file, creating it if need be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cacheKilobytes">Memory for this connection's page cache.</param>
    /// <param name="pragmas">Further settings, separated by semicolons.</param>
    /// <exception cref="StorageException">The file cannot be opened or is no database.</exception>
    public static SqliteSession Open(string path, int cacheKilobytes, string pragmas = "")
    {
        Batteries_V2.Init();

        // One thread at a time uses a session, so SQLite's own locking per call is left out.
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, Flags, null);
        if (code != raw.SQLITE_OK)
        {
            throw new StorageException(handle, code);
        }

        var session = new SqliteSession(handle);
        session.Execute($"PRAGMA busy_timeout=5000; PRAGMA cache_size=-{cacheKilobytes}; PRAGMA temp_store=MEMORY; {pragmas}");
        return session;
    }

    /// <summary>Runs SQL that is needed once and returns nothing.</summary>
    /// <exception cref="StorageException">SQLite reported an error.</exception>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(handle, sql);
        if (code != raw.SQLITE_OK)
        {
            throw new StorageException(handle, code);
        }
    }

    /// <summary>The session's prepared statement; dispose it (or run it to its end) after each use.</summary>
    /// <exception cref="StorageException">The SQL is wrong, or names a table that does not exist.</exception>
    public SqliteStatement Use(Sql sql)
    {
        if (sql.Index < statements.Length && statements[sql.Index] is { } prepared)
        {
            return prepared;
        }

        var code = raw.sqlite3_prepare_v3(handle, sql.Text, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        if (code != raw.SQLITE_OK)
        {
            throw new StorageException(handle, code);
        }

        if (sql.Index >= statements.Length)
        {
            Array.Resize(ref statements, sql.Index * 2);
        }

        return statements[sql.Index] = new(handle, statement);
    }

    /// <summary>Runs several reads on one snapshot, which also spares each of them the start of a transaction.</summary>
    public ReadTransaction Snapshot()
    {
        Use(BeginRead).Run();
        return new(this);
    }

    /// <summary>Pages this connection has written since it was asked last.</summary>
    public int TakePagesWritten()
    {
        raw.sqlite3_db_status(handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    /// <summary>Copies what it can from the log into the file.</summary>
    /// <param name="restart">Whether to wait for readers, so that the next write begins the log again.</param>
    public void Checkpoint(bool restart)
    {
        var mode = restart ? raw.SQLITE_CHECKPOINT_RESTART : raw.SQLITE_CHECKPOINT_PASSIVE;
        var code = raw.sqlite3_wal_checkpoint_v2(handle, "main", mode, out _, out _);
        if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
        {
            throw new StorageException(handle, code);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in statements)
        {
            statement?.Free();
        }

        handle.Dispose();
    }

    /// <summary>An open read transaction.</summary>
    public readonly struct ReadTransaction(SqliteSession session) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => session.Use(EndRead).Run();
    }
}
