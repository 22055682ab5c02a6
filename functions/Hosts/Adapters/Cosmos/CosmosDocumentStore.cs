using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Hosts.Adapters.Cosmos;

/// <summary>
/// The document port over Azure Cosmos DB for NoSQL: point operations on streams (a missing document is no exception), queries of one
/// partition, bulk writes. Every call's request charge is recorded.
/// </summary>
public sealed partial class CosmosDocumentStore(CosmosConnection connection) : IDocumentStore, IChangeFeed, ISearchIndex
{
    private const int MaxConcurrency = 64;

    /// <summary>Documents from which grouping pays: below, the SDK's wait for a full group (100 ms) is longer than writing one by one takes.</summary>
    private const int BulkFrom = 100;

    /// <summary>Writes at once when they are grouped: enough of them to fill groups of 100.</summary>
    private const int BulkConcurrency = 1_000;

    /// <inheritdoc/>
    public async ValueTask<StoreResult<T>> ReadAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        using var response = await connection.Container(T.Container).ReadItemStreamAsync(id, new PartitionKey(partitionKey), cancellationToken: cancellationToken);
        return await ResultAsync<T>(response, T.Container, "read", cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreResult<T>> CreateAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        using var body = Serialize(document with { Revision = 1, ETag = null });
        using var response = await connection.Container(T.Container).CreateItemStreamAsync(body, new PartitionKey(document.PartitionKey), cancellationToken: cancellationToken);
        return await ResultAsync<T>(response, T.Container, "create", cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreResult<T>> ReplaceAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        using var body = Serialize(document with { Revision = document.Revision + 1, ETag = null });
        using var response = await connection.Container(T.Container).ReplaceItemStreamAsync(
            body,
            document.Id,
            new PartitionKey(document.PartitionKey),
            new ItemRequestOptions { IfMatchEtag = document.ETag ?? throw new ArgumentException("A replace needs the ETag of the version read.", nameof(document)) },
            cancellationToken);
        return await ResultAsync<T>(response, T.Container, "replace", cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreResult<T>> DeleteAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        using var response = await connection.Container(T.Container).DeleteItemStreamAsync(id, new PartitionKey(partitionKey), cancellationToken: cancellationToken);
        var result = await ResultAsync<T>(response, T.Container, "delete", cancellationToken);
        return result.Status == StoreStatus.NotFound ? new(StoreStatus.Done) : result with { Document = null };
    }

    /// <inheritdoc/>
    public async ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1000, nameof(query));
        var items = new List<T>(query.Limit + 1);
        try
        {
            using var iterator = connection.Container(T.Container).GetItemQueryIterator<T>(
                QueryDefinition(T.Container, query),
                requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey(query.PartitionKey), MaxItemCount = query.Limit + 1 });
            while (iterator.HasMoreResults && items.Count <= query.Limit)
            {
                var page = await iterator.ReadNextAsync(cancellationToken);
                RequestCharge.Add(T.Container.Name, "query", page.RequestCharge);
                items.AddRange(page);
            }
        }
        catch (CosmosException exception) when (exception.StatusCode == HttpStatusCode.TooManyRequests)
        {
            throw Throttled(exception);
        }

        var hasMore = items.Count > query.Limit;
        return new(hasMore ? items[..query.Limit] : items, hasMore, query.IsOrdered);
    }

    /// <inheritdoc/>
    public async ValueTask UpsertManyAsync<T>(IReadOnlyCollection<T> documents, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var bulk = documents.Count >= BulkFrom;
        var container = bulk ? connection.BulkContainer(T.Container) : connection.Container(T.Container);
        await ForEachAsync(
            documents,
            bulk ? BulkConcurrency : MaxConcurrency,
            async document =>
            {
                using var body = Serialize(document with { Revision = Math.Max(1, document.Revision), ETag = null });
                using var response = await container.UpsertItemStreamAsync(
                    body, new PartitionKey(document.PartitionKey), new ItemRequestOptions { EnableContentResponseOnWrite = false }, cancellationToken);
                Succeed(response, T.Container, "upsert");
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DeleteManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken) =>
        await ForEachAsync(
            keys,
            MaxConcurrency,
            async key =>
            {
                using var response = await connection.Container(key.Container).DeleteItemStreamAsync(key.Id, new PartitionKey(key.PartitionKey), cancellationToken: cancellationToken);
                if (response.StatusCode != HttpStatusCode.NotFound)
                {
                    Succeed(response, key.Container, "delete");
                }
            },
            cancellationToken);

    private static QueryDefinition QueryDefinition(ContainerDefinition container, DocumentQuery query)
    {
        var order = !query.IsOrdered ? null : container.Order ?? throw new ArgumentException($"Container {container} has no other order.", nameof(query));
        var (by, group) = (order?.By ?? "id", order?.Group is { } property ? $" AND c.{property} = @group" : string.Empty);

        // Documents that lack the property have no place in the order: they are told from the others by a lower end.
        var from = query.From ?? (query.IsOrdered ? string.Empty : null);

        // The partition is named in the text too: some servers that speak this protocol ignore the header.
        var text = $"SELECT TOP {query.Limit + 1} * FROM c WHERE c.{container.PartitionKeyPath[1..]} = @partition{group}"
            + (from is null ? string.Empty : $" AND c.{by} >= @from")
            + (query.To is null ? string.Empty : $" AND c.{by} < @to")
            + $" ORDER BY c.{by} {(query.Descending ? "DESC" : "ASC")}";
        var definition = new QueryDefinition(text).WithParameter("@partition", query.PartitionKey);
        definition = group.Length == 0 ? definition : definition.WithParameter("@group", query.Group);
        definition = from is null ? definition : definition.WithParameter("@from", from);
        return query.To is null ? definition : definition.WithParameter("@to", query.To);
    }

    private static Task ForEachAsync<T>(IReadOnlyCollection<T> items, int atOnce, Func<T, Task> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            items, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, async (item, _) => await action(item));

    private static async ValueTask<StoreResult<T>> ResultAsync<T>(ResponseMessage response, ContainerDefinition container, string operation, CancellationToken cancellationToken)
        where T : Document
    {
        RequestCharge.Add(container.Name, operation, response.Headers.RequestCharge);
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound => new(StoreStatus.NotFound),
            HttpStatusCode.Conflict => new(StoreStatus.Conflict),
            HttpStatusCode.PreconditionFailed => new(StoreStatus.PreconditionFailed),
            HttpStatusCode.TooManyRequests => new(StoreStatus.Throttled, RetryAfter: RetryAfter(response.Headers)),
            HttpStatusCode.NoContent => new(StoreStatus.Done),
            _ => new(StoreStatus.Done, await JsonSerializer.DeserializeAsync<T>(response.EnsureSuccessStatusCode().Content, DocumentJson.Options, cancellationToken)),
        };
    }

    private static void Succeed(ResponseMessage response, ContainerDefinition container, string operation)
    {
        RequestCharge.Add(container.Name, operation, response.Headers.RequestCharge);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            throw new StoreThrottledException(RetryAfter(response.Headers));
        }

        response.EnsureSuccessStatusCode();
    }

    private static StoreThrottledException Throttled(CosmosException exception) => new(exception.RetryAfter ?? TimeSpan.FromSeconds(1));

    private static TimeSpan RetryAfter(Headers headers) => headers.RetryAfter() ?? TimeSpan.FromSeconds(1);

    private static MemoryStream Serialize<T>(T document) => new(JsonSerializer.SerializeToUtf8Bytes(document, DocumentJson.Options));
}
