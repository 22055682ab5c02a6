namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>How far each change-feed function has come.</summary>
internal sealed class SqliteLeases
{
    private static readonly Sql Select = new("SELECT position FROM leases WHERE function = ?");
    private static readonly Sql Upsert = new("INSERT OR REPLACE INTO leases VALUES(?, ?)");

    private readonly SqliteDatabase database;
    private long moves;

    /// <summary>The leases of a database.</summary>
    public SqliteLeases(SqliteDatabase database)
    {
        this.database = database;
        database.Initialize(session => session.Execute("CREATE TABLE IF NOT EXISTS leases(function TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID"));
    }

    /// <summary>How often a position was recorded since the start: while it stays the same, no function has finished a batch of changes.</summary>
    public long Moves => Interlocked.Read(ref moves);

    /// <summary>The position a function has finished, or null if it never did.</summary>
    public ValueTask<string?> GetAsync(string function, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Read();
        using var row = reader.Session.Use(Select).Bind(1, function);
        return ValueTask.FromResult(row.Step() ? row.Text(0) : null);
    }

    /// <summary>Records that a function has finished everything up to a position.</summary>
    public async ValueTask SetAsync(string function, string position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Counted before it can be seen: whoever sees the new position sees that something moved.
        Interlocked.Increment(ref moves);
        await database.WriteAsync(session =>
        {
            session.Use(Upsert).Bind(1, function).Bind(2, position).Run();
            return true;
        });
    }
}
