using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Azure.Cosmos;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Hosts.Adapters.Cosmos;

public sealed partial class CosmosDocumentStore
{
    /// <summary>Documents that are ranked and listed at most: those before the ones asked for are read, too.</summary>
    private const int Ranked = 1_000;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Found>> FindAsync<T>(IndexQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>, ISearchable
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1000, nameof(query));
        if (!T.Container.Searchable)
        {
            throw new ArgumentException($"Container {T.Container} is not searchable.", nameof(query));
        }

        var passed = query is { ByRelevance: true, After: { } position } ? int.Parse(position, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var wanted = query.ByRelevance ? Math.Min(passed + query.Limit, Ranked) : query.Limit;
        var ids = new List<string>(wanted);
        try
        {
            using var iterator = connection.Container(T.Container).GetItemQueryIterator<FoundItem>(
                SearchDefinition(query, wanted), requestOptions: new QueryRequestOptions { MaxItemCount = wanted });
            while (iterator.HasMoreResults && ids.Count < wanted)
            {
                var page = await iterator.ReadNextAsync(cancellationToken);
                RequestCharge.Add(T.Container.Name, "search", page.RequestCharge);
                ids.AddRange(page.Take(wanted - ids.Count).Select(item => item.Id));
            }
        }
        catch (CosmosException exception) when (exception.StatusCode == HttpStatusCode.TooManyRequests)
        {
            throw Throttled(exception);
        }

        return [.. ids.Skip(passed).Select((id, index) => new Found(id, query.ByRelevance ? (passed + index + 1).ToString(CultureInfo.InvariantCulture) : id))];
    }

    /// <summary>
    /// Full-text search of Cosmos DB for NoSQL. Words reach it cut and stemmed; its own analyser, which goes over them once more on both sides, has little left to do.
    /// </summary>
    private static QueryDefinition SearchDefinition(IndexQuery query, int most)
    {
        var (conditions, values) = (new List<string>(), new List<(string Name, string Value)>());
        conditions.AddRange(query.All.Select(AnyOf));
        conditions.AddRange(query.None.Select(term => $"NOT {AnyOf(term)}"));
        Bound(">=", query.From);
        Bound("<", query.To);
        Bound("<", query.ByRelevance ? null : query.After);
        var where = conditions.Count == 0 ? string.Empty : $" WHERE {string.Join(" AND ", conditions)}";

        // What is ranked takes literals. Words hold letters and digits alone.
        var words = query.All.Where(term => !term.IsMark).SelectMany(term => term.Alternatives).SelectMany(phrase => phrase.Split(' ')).Distinct(StringComparer.Ordinal);
        var order = query.ByRelevance ? $"RANK FullTextScore(c.text, {string.Join(", ", words.Select(word => $"'{word}'"))})" : "c.id DESC";
        var text = $"SELECT TOP {most} c.id FROM c{where} ORDER BY {order}";
        return values.Aggregate(new QueryDefinition(text), (definition, value) => definition.WithParameter(value.Name, value.Value));

        string AnyOf(SearchTerm term) => term.Alternatives.Aggregate(new StringBuilder(), (all, alternative) =>
                all.Append(all.Length == 0 ? "(" : " OR ").Append(term.IsMark ? "ARRAY_CONTAINS(c.marks, " : "FullTextContains(c.text, ").Append(Parameter(alternative)).Append(')'))
            .Append(')').ToString();

        void Bound(string comparison, string? id)
        {
            if (id is not null)
            {
                conditions.Add($"c.id {comparison} {Parameter(id)}");
            }
        }

        string Parameter(string value)
        {
            values.Add(($"@p{values.Count}", value));
            return values[^1].Name;
        }
    }

    /// <summary>What a search asks for of each document.</summary>
    private sealed record FoundItem(string Id);
}
