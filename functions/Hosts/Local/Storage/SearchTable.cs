namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// The index of a container that is searched: an FTS5 table that holds no text of its own, kept by triggers in the transaction that writes the document. Its row numbers
/// are times, so that the newest are found without any being sorted. What is indexed was cut into words before, the same in every store, so that the tokenizer has nothing
/// to do but to split at spaces.
/// </summary>
internal sealed class SearchTable
{
    /// <summary>Bits of a row number that tell documents of one millisecond apart.</summary>
    public const int OrdinalBits = 20;

    /// <summary>Documents of which the best are chosen: to rank all would look at each that holds a common word.</summary>
    private const int Ranked = 1_000;

    /// <summary>The index of a container.</summary>
    /// <param name="container">Its name.</param>
    /// <param name="documents">Its table.</param>
    public SearchTable(string container, string documents)
    {
        var (index, rows) = ($"\"search_{container}\"", $"\"rows_{container}\"");
        Schema = $"""
            CREATE TABLE IF NOT EXISTS {rows}(row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
            CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(text, marks, content='', tokenize="ascii tokenchars '_'");
            INSERT INTO {index}({index}, rank) VALUES('secure-delete', 1);
            CREATE TRIGGER IF NOT EXISTS "search_{container}_insert" AFTER INSERT ON "{documents}" BEGIN {Add("new")} END;
            CREATE TRIGGER IF NOT EXISTS "search_{container}_update" AFTER UPDATE ON "{documents}" BEGIN {Remove("old")} {Add("new")} END;
            CREATE TRIGGER IF NOT EXISTS "search_{container}_delete" AFTER DELETE ON "{documents}" BEGIN {Remove("old")} END;
            """;
        var matches = $"{index} MATCH ?1 AND {index}.rowid >= ?2 AND {index}.rowid < ?3";
        Row = $"SELECT row FROM {rows} WHERE id = ?1";
        All = $"SELECT id FROM {rows} WHERE row >= ?1 AND row < ?2 ORDER BY row DESC LIMIT ?3";
        Newest = $"SELECT id FROM {index} JOIN {rows} ON row = {index}.rowid WHERE {matches} ORDER BY {index}.rowid DESC LIMIT ?4";
        Best = $"SELECT id FROM (SELECT {index}.rowid AS at, bm25({index}, 1.0, 0.0) AS score FROM {index} WHERE {matches} ORDER BY {index}.rowid DESC LIMIT {Ranked}) "
            + $"JOIN {rows} ON row = at ORDER BY score, at DESC LIMIT ?4 OFFSET ?5";

        string Add(string document) =>
            $"INSERT INTO {rows} SELECT ifnull(max(row) + 1, {At(document)} << {OrdinalBits}), {document}.id FROM {rows} WHERE row >= {At(document)} << {OrdinalBits} AND row < ({At(document)} + 1) << {OrdinalBits}; "
            + $"INSERT INTO {index}(rowid, text, marks) SELECT row, {Text(document)}, {Marks(document)} FROM {rows} WHERE id = {document}.id;";

        string Remove(string document) =>
            $"INSERT INTO {index}({index}, rowid, text, marks) SELECT 'delete', row, {Text(document)}, {Marks(document)} FROM {rows} WHERE id = {document}.id; "
            + $"DELETE FROM {rows} WHERE id = {document}.id;";

        static string At(string document) => $"json_extract(CAST({document}.body AS TEXT), '$.at')";
        static string Text(string document) => $"json_extract(CAST({document}.body AS TEXT), '$.text')";
        static string Marks(string document) => $"(SELECT group_concat(value, ' ') FROM json_each(CAST({document}.body AS TEXT), '$.marks'))";
    }

    /// <summary>Creates what is not there.</summary>
    public string Schema { get; }

    /// <summary>id → row.</summary>
    public string Row { get; }

    /// <summary>from row, before row, limit → id.</summary>
    public string All { get; }

    /// <summary>expression, from row, before row, limit → id.</summary>
    public string Newest { get; }

    /// <summary>expression, from row, before row, limit, how many to pass over → id.</summary>
    public string Best { get; }
}
