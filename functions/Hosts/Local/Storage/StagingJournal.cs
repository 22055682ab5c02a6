namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Makes staged documents durable: one row per block of documents, and one per set of documents that left staging
/// before their block was merged. Replayed in order after a restart.
/// </summary>
internal static class StagingJournal
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS staged(seq INTEGER PRIMARY KEY, container TEXT NOT NULL, leaves INTEGER NOT NULL, block BLOB NOT NULL)";

    private static readonly Sql Insert = new("INSERT INTO staged VALUES(?, ?, ?, ?)");
    private static readonly Sql Select = new("SELECT seq, container, leaves, block FROM staged ORDER BY seq");
    private static readonly Sql DeleteSome = new("DELETE FROM staged WHERE seq IN (SELECT seq FROM staged WHERE container = ? AND seq <= ? ORDER BY seq LIMIT 16)");

    /// <summary>Creates the journal if need be and reads what an earlier process left.</summary>
    public static Dictionary<string, StagedDocuments> Open(SqliteSession session)
    {
        session.Execute(Schema);
        var containers = new Dictionary<string, StagedDocuments>();
        using var rows = session.Use(Select);
        while (rows.Step())
        {
            if (!containers.TryGetValue(rows.Text(1), out var documents))
            {
                containers.Add(rows.Text(1), documents = new());
            }

            var leaves = rows.Number(2) != 0;
            foreach (var document in StagedDocument.Read(rows.Blob(3).ToArray(), rows.Number(0)))
            {
                if (!leaves)
                {
                    documents.Add(document);
                }
                else if (documents.Find(document.PartitionKey, document.Id) is { } staged)
                {
                    documents.Remove(staged);
                }
            }
        }

        return containers;
    }

    /// <summary>Records a block whose documents are staged (or leave staging), within the writer's transaction.</summary>
    public static void Append(SqliteSession writer, string container, long sequence, bool leaves, byte[] block) =>
        writer.Use(Insert).Bind(1, sequence).Bind(2, container).Bind(3, leaves ? 1 : 0).BindBlob(4, block).Run();

    /// <summary>Removes a few of the oldest rows up to a sequence number; how many it removed.</summary>
    public static int Trim(SqliteSession writer, string container, long upTo)
    {
        writer.Use(DeleteSome).Bind(1, container).Bind(2, upTo).Run();
        return writer.Changes;
    }
}
