using System.Text.RegularExpressions;
using ServerlessSocial.Feeds;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// One container as a table, clustered by partition and id. The moment a document expires is in milliseconds since
/// 1970; NULL keeps it for ever. The sequence number is its last write's.
/// </summary>
internal sealed partial class DocumentTable
{
    /// <summary>A container's table, created in its file if it is not there.</summary>
    /// <exception cref="ArgumentException">The container's name does not fit a table.</exception>
    public DocumentTable(ContainerDefinition container, SqliteDatabase database)
    {
        if (!ValidName().IsMatch(container.Name))
        {
            throw new ArgumentException($"Container names are lower-case letters, digits and dashes, not '{container.Name}'.", nameof(container));
        }

        Container = container;
        File = container.Name == FeedHead.Container.Name ? database.Feeds : container.Searchable ? database.Search : database.Main;
        Hash = container.Name.GetHashCode(StringComparison.Ordinal);
        var name = $"documents_{container.Name}";
        var keys = container.Order?.Properties.Select(property => $"json_extract(CAST(body AS TEXT), '$.{property}')").ToList() ?? [];
        File.Prepare(
            Schema(name)
            + (container.ChangeFeed ? $"; CREATE INDEX IF NOT EXISTS \"changes_{container.Name}\" ON \"{name}\"(seq)" : "")
            + (keys.Count > 0 ? $"; CREATE INDEX IF NOT EXISTS \"order_{container.Name}\" ON \"{name}\"(pk, {string.Join(", ", keys)})" : ""));
        if (container.Searchable)
        {
            Search = new(container.Name, name);
            File.Prepare(Search.Schema);
        }

        Read = $"SELECT seq, expires, body FROM \"{name}\" WHERE pk = ?1 AND id = ?2 AND (expires IS NULL OR expires > ?3)";
        Insert = $"INSERT INTO \"{name}\" VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET seq = excluded.seq, expires = excluded.expires, body = excluded.body WHERE expires <= ?6";
        Replace = $"UPDATE \"{name}\" SET seq = ?3, expires = ?4, body = ?5 WHERE pk = ?1 AND id = ?2 AND seq = ?6 AND (expires IS NULL OR expires > ?7)";

        // Not REPLACE, which deletes without a trigger being told.
        Upsert = $"INSERT INTO \"{name}\" VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET seq = excluded.seq, expires = excluded.expires, body = excluded.body";
        Delete = $"DELETE FROM \"{name}\" WHERE pk = ?1 AND id = ?2";

        // Every text sorts before any blob.
        var range = $"SELECT seq, expires, body FROM \"{name}\" WHERE pk = ?1 AND id >= ?2 AND id < ifnull(?3, x'') AND (expires IS NULL OR expires > ?4) ORDER BY id";
        Ascending = $"{range} LIMIT ?5";
        Descending = $"{range} DESC LIMIT ?5";
        if (keys.Count > 0)
        {
            var ordered = $"SELECT seq, expires, body FROM \"{name}\" WHERE pk = ?1 AND {keys[^1]} >= ?2 AND {keys[^1]} < ifnull(?3, x'') AND (expires IS NULL OR expires > ?4)"
                + $"{(keys.Count > 1 ? $" AND {keys[0]} = ?6" : " AND ?6 IS NULL")} ORDER BY {keys[^1]}";
            OrderedAscending = $"{ordered} LIMIT ?5";
            OrderedDescending = $"{ordered} DESC LIMIT ?5";
        }

        Changes = $"SELECT seq, body FROM \"{name}\" WHERE seq > ?1 AND (expires IS NULL OR expires > ?2) ORDER BY seq LIMIT ?3";
        Stretch = $"SELECT pk, id FROM \"{name}\" WHERE (pk, id) > (?1, ?2) ORDER BY pk, id LIMIT 1 OFFSET ?3";
        DeleteExpired = $"DELETE FROM \"{name}\" WHERE (pk, id) > (?1, ?2) AND (pk, id) <= (?3, ?4) AND expires <= ?5";
        DeleteExpiredRest = $"DELETE FROM \"{name}\" WHERE (pk, id) > (?1, ?2) AND expires <= ?3";
    }

    /// <summary>The container.</summary>
    public ContainerDefinition Container { get; }

    /// <summary>The file the table is in.</summary>
    public SqliteFile File { get; }

    /// <summary>Tells equal keys of different containers apart in hashes.</summary>
    public int Hash { get; }

    /// <summary>Wakes those who follow the container's changes.</summary>
    public Signal Signal { get; } = new();

    /// <summary>partition, id, now → seq, expires, body.</summary>
    public string Read { get; }

    /// <summary>partition, id, seq, expires, body, now; changes nothing if the id is taken.</summary>
    public string Insert { get; }

    /// <summary>partition, id, seq, expires, body, expected seq, now; changes nothing if another version is there.</summary>
    public string Replace { get; }

    /// <summary>partition, id, seq, expires, body.</summary>
    public string Upsert { get; }

    /// <summary>partition, id.</summary>
    public string Delete { get; }

    /// <summary>partition, from, to, now, limit → seq, expires, body.</summary>
    public string Ascending { get; }

    /// <summary>partition, from, to, now, limit → seq, expires, body.</summary>
    public string Descending { get; }

    /// <summary>partition, from, to, now, limit, group → seq, expires, body, by the container's other order; null where it has none.</summary>
    public string? OrderedAscending { get; }

    /// <summary>partition, from, to, now, limit, group → seq, expires, body, by the container's other order; null where it has none.</summary>
    public string? OrderedDescending { get; }

    /// <summary>The index of a container that is searched; null for others.</summary>
    public SearchTable? Search { get; }

    /// <summary>after, now, limit → seq, body.</summary>
    public string Changes { get; }

    /// <summary>after partition, after id, rows to skip → partition, id: where a stretch of the table ends.</summary>
    public string Stretch { get; }

    /// <summary>after partition, after id, up to partition, up to id, now; deletes what has expired there.</summary>
    public string DeleteExpired { get; }

    /// <summary>after partition, after id, now; deletes what has expired in the last stretch.</summary>
    public string DeleteExpiredRest { get; }

    /// <summary>Creates a table of documents.</summary>
    public static string Schema(string table) =>
        $"CREATE TABLE IF NOT EXISTS \"{table}\"(pk TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, expires INTEGER, body BLOB NOT NULL, PRIMARY KEY(pk, id)) WITHOUT ROWID";

    [GeneratedRegex("^[a-z][a-z0-9-]{0,62}$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ValidName();
}
