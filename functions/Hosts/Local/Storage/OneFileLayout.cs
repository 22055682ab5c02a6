using System.Buffers.Binary;
using System.Text;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Converts a data directory of earlier versions, which kept feeds in the one file and new entries of them, for a while, in a journal beside
/// their table. Feeds are copied and safe on the disk before anything is removed, so a conversion that was interrupted begins again.
/// </summary>
internal static class OneFileLayout
{
    private const int HeaderBytes = 20;
    private const string Feeds = "documents_feeds";

    /// <summary>Does nothing in a fresh directory or in one that is up to date.</summary>
    /// <param name="main">The file that held everything.</param>
    /// <param name="feeds">The file that holds feeds now.</param>
    /// <exception cref="StorageException">A file is no database.</exception>
    public static void Convert(string main, string feeds)
    {
        if (!File.Exists(main))
        {
            return;
        }

        using var session = SqliteSession.Open(main, cacheKilobytes: 24 * 1024, "PRAGMA synchronous=NORMAL");
        using (var journal = session.Query("SELECT 1 FROM sqlite_schema WHERE name = 'staged'"))
        {
            if (!journal.Read())
            {
                return;
            }
        }

        using (var target = SqliteSession.Open(feeds, cacheKilobytes: 256, $"PRAGMA journal_mode=WAL; {SqliteFile.SequenceSchema}; {DocumentTable.Schema(Feeds)}"))
        {
        }

        session.Execute(DocumentTable.Schema(Feeds));
        var staged = Staged(session);
        session.Run("ATTACH ?1 AS apart", feeds);
        session.Execute(
            $"""
            BEGIN;
            UPDATE apart.sequence SET reserved = (SELECT reserved FROM main.sequence);
            INSERT OR REPLACE INTO apart.{Feeds} SELECT pk, id, seq, expires, body FROM main.{Feeds};
            """);
        Merge(session, staged.Where(document => document.Table == Feeds), "apart");
        session.Execute("COMMIT; PRAGMA apart.wal_checkpoint(TRUNCATE); BEGIN");
        Merge(session, staged.Where(document => document.Table != Feeds), "main");
        session.Execute($"DROP TABLE main.{Feeds}; DROP TABLE main.staged; COMMIT");
    }

    private static void Merge(SqliteSession session, IEnumerable<StagedDocument> documents, string schema)
    {
        foreach (var table in documents.GroupBy(document => document.Table))
        {
            var upsert = $"INSERT OR REPLACE INTO {schema}.\"{table.Key}\" VALUES(?1, ?2, ?3, ?4, ?5)";
            foreach (var (_, partitionKey, id, sequence, expires, body) in table)
            {
                session.Run(upsert, partitionKey, id, sequence, expires, body);
            }
        }
    }

    /// <summary>What the journal holds and no table does: its blocks in order, without what left it again.</summary>
    private static List<StagedDocument> Staged(SqliteSession session)
    {
        var staged = new Dictionary<(string Table, string PartitionKey, string Id), StagedDocument>();
        using var rows = session.Query("SELECT seq, 'documents_' || container, leaves, block FROM staged ORDER BY seq");
        while (rows.Read())
        {
            foreach (var document in Documents(rows.GetString(1), rows.GetInt64(0), rows.GetFieldValue<byte[]>(3)))
            {
                var key = (document.Table, document.PartitionKey, document.Id);
                if (rows.GetInt64(2) == 0)
                {
                    staged[key] = document;
                }
                else
                {
                    staged.Remove(key);
                }
            }
        }

        return [.. staged.Values];
    }

    /// <summary>
    /// The documents of a block: for each one the lengths of partition key, id and body (4 bytes each), its expiry (8 bytes, 0 for never),
    /// partition key, id and body.
    /// </summary>
    private static IEnumerable<StagedDocument> Documents(string table, long sequence, byte[] block)
    {
        for (var position = 0; position < block.Length;)
        {
            var header = block.AsSpan(position, HeaderBytes);
            var (keyBytes, idBytes) = (BinaryPrimitives.ReadInt32LittleEndian(header), BinaryPrimitives.ReadInt32LittleEndian(header[4..]));
            var (bodyBytes, expires) = (BinaryPrimitives.ReadInt32LittleEndian(header[8..]), BinaryPrimitives.ReadInt64LittleEndian(header[12..]));
            var (key, id) = (position + HeaderBytes, position + HeaderBytes + keyBytes);
            position = id + idBytes + bodyBytes;
            yield return new(
                table,
                Encoding.UTF8.GetString(block, key, keyBytes),
                Encoding.UTF8.GetString(block, id, idBytes),
                sequence++,
                expires == 0 ? null : expires,
                block[(id + idBytes)..position]);
        }
    }

    private sealed record StagedDocument(string Table, string PartitionKey, string Id, long Sequence, long? Expires, byte[] Body);
}
