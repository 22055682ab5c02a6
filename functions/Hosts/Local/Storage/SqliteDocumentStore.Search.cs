using System.Globalization;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

internal sealed partial class SqliteDocumentStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Found>> FindAsync<T>(IndexQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>, ISearchable
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1000, nameof(query));
        var table = Table(T.Container);
        var search = table.Search ?? throw new ArgumentException($"Container {table.Container} is not searchable.", nameof(query));
        using var reader = table.File.Read();
        var from = query.From is { } lowest ? RowAt(lowest) : 0;
        var before = query.To is { } highest ? RowAt(highest) : long.MaxValue;
        if (query.ByRelevance)
        {
            var passed = query.After is { } position ? int.Parse(position, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
            using var best = reader.Session.Query(search.Best, MatchExpression.Of(query), from, before, query.Limit, passed);
            return ValueTask.FromResult<IReadOnlyList<Found>>([.. Ids(best).Select((id, index) => new Found(id, (passed + index + 1).ToString(CultureInfo.InvariantCulture)))]);
        }

        if (query.After is { } after)
        {
            using var row = reader.Session.Query(search.Row, after);
            before = Math.Min(before, row.Read() ? row.GetInt64(0) : RowAt(after));
        }

        using var rows = query.All.Count == 0
            ? reader.Session.Query(search.All, from, before, query.Limit)
            : reader.Session.Query(search.Newest, MatchExpression.Of(query), from, before, query.Limit);
        return ValueTask.FromResult<IReadOnlyList<Found>>([.. Ids(rows).Select(id => new Found(id, id))]);
    }

    /// <summary>The first row number of the moment that an id begins with.</summary>
    private static long RowAt(string id) => long.Parse(id.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) << SearchTable.OrdinalBits;

    private static List<string> Ids(Microsoft.Data.Sqlite.SqliteDataReader rows)
    {
        var ids = new List<string>();
        while (rows.Read())
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }
}

/// <summary>Says in FTS5's query language what an <see cref="IndexQuery"/> asks for.</summary>
internal static class MatchExpression
{
    /// <summary>The expression. Every word stands in quotes, so that nothing in it is an operator.</summary>
    /// <exception cref="ArgumentException">It asks for nothing that is in a document.</exception>
    public static string Of(IndexQuery query)
    {
        if (query.All.Count == 0)
        {
            throw new ArgumentException("A query has to ask for something besides what is not to be there.", nameof(query));
        }

        var all = string.Join(" AND ", query.All.Select(Of));
        return query.None.Count == 0 ? all : $"({all}) NOT ({string.Join(" OR ", query.None.Select(Of))})";
    }

    private static string Of(SearchTerm term) =>
        $"({(term.IsMark ? "marks" : "text")} : ({string.Join(" OR ", term.Alternatives.Select(Quoted))}))";

    private static string Quoted(string phrase) => $"\"{phrase.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
