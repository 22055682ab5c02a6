using System.Text.RegularExpressions;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// One container as a table, clustered by partition and id. The moment a document expires is in milliseconds since
/// 1970; NULL keeps it for ever. The sequence number is its last write's.
/// </summary>
internal sealed partial class DocumentTable
{
    private const string Visible = "(expires IS NULL OR expires > ?)";
    private static uint count;
    private readonly string createSql;

    /// <summary>A table for a container and what is staged for it; nothing is created yet.</summary>
    /// <exception cref="ArgumentException">The container's name does not fit a table.</exception>
    public DocumentTable(ContainerDefinition container, StagedDocuments staged)
    {
        if (!ValidName().IsMatch(container.Name))
        {
            throw new ArgumentException($"Container names are lower-case letters, digits and dashes, not '{container.Name}'.", nameof(container));
        }

        Container = container;
        Staged = staged;
        Name = TableName(container.Name);
        createSql =
            $"CREATE TABLE IF NOT EXISTS {Name}(pk TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, expires INTEGER, body BLOB NOT NULL, PRIMARY KEY(pk, id)) WITHOUT ROWID;"
            + (container.ChangeFeed ? $"CREATE INDEX IF NOT EXISTS \"changes_{container.Name}\" ON {Name}(seq);" : "");
        Read = new($"SELECT seq, expires, body FROM {Name} WHERE pk = ? AND id = ? AND {Visible}");
        Insert = new($"INSERT INTO {Name} VALUES(?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq, expires = excluded.expires, body = excluded.body WHERE expires <= ?");
        Replace = new($"UPDATE {Name} SET seq = ?, expires = ?, body = ? WHERE pk = ? AND id = ? AND seq = ? AND {Visible}");
        Upsert = new($"INSERT OR REPLACE INTO {Name} VALUES(?, ?, ?, ?, ?)");
        Delete = new($"DELETE FROM {Name} WHERE pk = ? AND id = ?");
        Ascending = new($"SELECT seq, expires, body, id FROM {Name} WHERE pk = ? AND id >= ? AND id < ? AND {Visible} ORDER BY id LIMIT ?");
        Descending = new($"SELECT seq, expires, body, id FROM {Name} WHERE pk = ? AND id >= ? AND id < ? AND {Visible} ORDER BY id DESC LIMIT ?");
        Changes = new($"SELECT seq, expires, body FROM {Name} WHERE seq > ? AND {Visible} ORDER BY seq LIMIT ?");
        NewestChange = new($"SELECT max(seq) FROM {Name}");
        Scan = new($"SELECT pk, id, expires FROM {Name} WHERE (pk, id) > (?, ?) ORDER BY pk, id LIMIT ?");
        DeleteExpired = new($"DELETE FROM {Name} WHERE pk = ? AND id = ? AND expires <= ?");
    }

    /// <summary>The container.</summary>
    public ContainerDefinition Container { get; }

    /// <summary>The table's name, quoted.</summary>
    public string Name { get; }

    /// <summary>Odd, and different for every table: tells equal keys of different containers apart in hashes.</summary>
    public ulong HashFactor { get; } = (Interlocked.Increment(ref count) * 0x9E3779B97F4A7C15) | 1;

    /// <summary>Whether the table is in the file for everybody to see. Until then every read finds nothing.</summary>
    public bool Exists { get => Volatile.Read(ref field); set => Volatile.Write(ref field, value); }

    /// <summary>Documents that are durable but not in the table yet.</summary>
    public StagedDocuments Staged { get; }

    /// <summary>The merge of staged documents that is under way, or was last.</summary>
    public Task Merging { get; set; } = Task.CompletedTask;

    /// <summary>Wakes those who follow the container's changes.</summary>
    public ChangeSignal Signal { get; } = new();

    /// <summary>partition, id, now → seq, expires, body.</summary>
    public Sql Read { get; }

    /// <summary>partition, id, seq, expires, body, now; changes nothing if the id is taken.</summary>
    public Sql Insert { get; }

    /// <summary>seq, expires, body, partition, id, expected seq, now; changes nothing if another version is there.</summary>
    public Sql Replace { get; }

    /// <summary>partition, id, seq, expires, body.</summary>
    public Sql Upsert { get; }

    /// <summary>partition, id.</summary>
    public Sql Delete { get; }

    /// <summary>partition, from, to, now, limit → seq, expires, body, id.</summary>
    public Sql Ascending { get; }

    /// <summary>partition, from, to, now, limit → seq, expires, body, id.</summary>
    public Sql Descending { get; }

    /// <summary>after, now, limit → seq, expires, body.</summary>
    public Sql Changes { get; }

    /// <summary>→ the highest seq.</summary>
    public Sql NewestChange { get; }

    /// <summary>after partition, after id, limit → partition, id, expires: every row, for the sweep.</summary>
    public Sql Scan { get; }

    /// <summary>partition, id, now; deletes only what has expired.</summary>
    public Sql DeleteExpired { get; }

    /// <summary>The quoted name of a container's table.</summary>
    public static string TableName(string container) => $"\"documents_{container}\"";

    /// <summary>Creates the table within the writer's transaction if it is not there.</summary>
    public void EnsureCreated(SqliteSession writer)
    {
        if (!Exists)
        {
            writer.Execute(createSql);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,62}$")]
    private static partial Regex ValidName();
}
