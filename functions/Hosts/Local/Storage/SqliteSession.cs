using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// One connection with its prepared commands. Used by one thread at a time. Parameters are written <c>?1</c>, <c>?2</c> and so on; commands are
/// found by reference, so that SQL belongs in constants and fields.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<object, SqliteCommand> commands = new(ReferenceEqualityComparer.Instance);

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    /// <summary>Whether a transaction is open. SQLite itself rolls back when the disk is full or broken.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Opens the database file, creating it if need be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cacheKilobytes">Memory for this connection's page cache.</param>
    /// <param name="pragmas">Further settings, separated by semicolons.</param>
    /// <exception cref="StorageException">The file cannot be opened or is no database.</exception>
    public static SqliteSession Open(string path, int cacheKilobytes, string pragmas = "")
    {
        var session = new SqliteSession(new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()));
        try
        {
            session.connection.Open();

            // SQLite's own waiting looks again after a millisecond; the provider's after 150.
            session.Execute($"PRAGMA busy_timeout=5000; PRAGMA cache_size=-{cacheKilobytes}; PRAGMA temp_store=MEMORY; {pragmas}");
            return session;
        }
        catch (SqliteException error)
        {
            session.Dispose();
            throw StorageException.Of(path, error);
        }
    }

    /// <summary>Runs SQL that is needed once and returns nothing.</summary>
    /// <exception cref="SqliteException">SQLite reported an error.</exception>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <returns>Rows it inserted, updated or deleted.</returns>
    /// <exception cref="SqliteException">SQLite reported an error.</exception>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Use(sql, values).ExecuteNonQuery();

    /// <summary>Runs a statement that returns rows; dispose them before the session runs the same statement again.</summary>
    /// <exception cref="SqliteException">SQLite reported an error.</exception>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Use(sql, values).ExecuteReader();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Use(string sql, ReadOnlySpan<object?> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            }

            commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
