namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>How far each change-feed function has come.</summary>
internal sealed class SqliteLeases
{
    private readonly SqliteFile file;
    private long moves;

    /// <summary>The leases of a database.</summary>
    public SqliteLeases(SqliteDatabase database)
    {
        file = database.Main;
        file.Prepare("CREATE TABLE IF NOT EXISTS leases(function TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID");
    }

    /// <summary>How often a position was recorded since the start: while it stays the same, no function has finished a batch of changes.</summary>
    public long Moves => Interlocked.Read(ref moves);

    /// <summary>The position a function has finished, or null if it never did.</summary>
    public ValueTask<string?> GetAsync(string function, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = file.Read();
        using var row = reader.Session.Query("SELECT position FROM leases WHERE function = ?1", function);
        return ValueTask.FromResult(row.Read() ? row.GetString(0) : null);
    }

    /// <summary>Records that a function has finished everything up to a position.</summary>
    public async ValueTask SetAsync(string function, string position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Counted before it can be seen: whoever sees the new position sees that something moved.
        Interlocked.Increment(ref moves);
        await file.WriteAsync(session => session.Run("INSERT OR REPLACE INTO leases VALUES(?1, ?2)", function, position));
    }
}
