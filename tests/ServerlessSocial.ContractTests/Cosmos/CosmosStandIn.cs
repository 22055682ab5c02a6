using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>
/// Stands in front of <c>@vercel/cosmosdb-server</c> and adds what it lacks: query plans (every query is passed through as it is), the
/// status of a missing item (500 instead of 404), the change feed, transactional batches, bulk and full-text search. Writes pass one at a time, so that
/// the change feed has an order and a batch is alone. It counts what it is asked for, and can be told to be away.
/// </summary>
internal sealed class CosmosStandIn : IAsyncDisposable
{
    private const string QueryPlan = """
        {"partitionedQueryExecutionInfoVersion":2,"queryInfo":{"distinctType":"None","top":null,"offset":null,"limit":null,"orderBy":[],
        "orderByExpressions":[],"groupByExpressions":[],"groupByAliases":[],"aggregates":[],"groupByAliasToAggregateType":{},
        "rewrittenQuery":"","hasSelectValue":false},"queryRanges":[{"min":"","max":"FF","isMinInclusive":true,"isMaxInclusive":false}]}
        """;

    private readonly ConcurrentDictionary<string, ChangeLog> changes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CosmosRequestKind, int> counts = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly CosmosUpstream upstream;
    private readonly CosmosBatch batch;
    private readonly WebApplication app;

    private CosmosStandIn(Uri server)
    {
        upstream = new CosmosUpstream(server);
        batch = new CosmosBatch(upstream);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>Whether every request meets an outage.</summary>
    public bool IsAway { get; set; }

    /// <summary>Starts it in front of a server.</summary>
    public static async Task<CosmosStandIn> StartAsync(Uri server)
    {
        var standIn = new CosmosStandIn(server);
        await standIn.app.StartAsync();
        return standIn;
    }

    /// <summary>How often something was asked for.</summary>
    public int CountOf(CosmosRequestKind kind) => counts.GetValueOrDefault(kind);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        upstream.Dispose();
        writing.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var kind = CosmosRequest.KindOf(http.Request);
        counts.AddOrUpdate(kind, 1, (_, count) => count + 1);
        var answer = IsAway ? CosmosAnswer.Json(StatusCodes.Status503ServiceUnavailable, """{"code":"ServiceUnavailable","message":"Away."}""") : kind switch
        {
            CosmosRequestKind.QueryPlan => CosmosAnswer.Json(StatusCodes.Status200OK, QueryPlan),
            CosmosRequestKind.Changes => Changes(http.Request),
            CosmosRequestKind.Batch => await InTurnAsync(() => RunBatchAsync(http.Request)),
            CosmosRequestKind.Write => await InTurnAsync(() => WriteAsync(http.Request)),
            CosmosRequestKind.Read => (await upstream.SendAsync(http.Request)).MissingIfFailed(),
            CosmosRequestKind.Query => await upstream.SendAsync(http.Request, FullText.Rewrite(await CosmosUpstream.BodyOfAsync(http.Request))),
            _ => await upstream.SendAsync(http.Request),
        };
        await answer.WriteToAsync(http.Response);
    }

    private async Task<CosmosAnswer> InTurnAsync(Func<Task<CosmosAnswer>> write)
    {
        await writing.WaitAsync();
        try
        {
            return await write();
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task<CosmosAnswer> WriteAsync(HttpRequest request)
    {
        var answer = await upstream.SendAsync(request);
        if (answer.Succeeded)
        {
            var id = request.Path.Value!.Split("/docs/") is [_, var name] ? Uri.UnescapeDataString(name) : null;
            Note(CosmosRequest.ContainerOf(request), CosmosRequest.PartitionKeyOf(request), answer.Body, HttpMethods.IsDelete(request.Method) ? id : null);
        }

        return answer;
    }

    private async Task<CosmosAnswer> RunBatchAsync(HttpRequest request)
    {
        var operations = await CosmosBatch.ReadAsync(await CosmosUpstream.BodyOfAsync(request), CosmosRequest.PartitionKeyOf(request));
        var container = CosmosRequest.ContainerOf(request);
        var results = await batch.RunAsync($"{container}/docs", operations, isAtomic: request.Headers["x-ms-cosmos-batch-atomic"] == "True");
        foreach (var (operation, result) in operations.Zip(results).Where(pair => pair.Second.Succeeded && pair.First.Kind != BatchOperationKind.Read))
        {
            Note(container, operation.PartitionKey, result.Body, operation.Kind == BatchOperationKind.Delete ? operation.Id : null);
        }

        return await CosmosBatch.AnswerAsync(results);
    }

    private void Note(string container, string partitionKey, byte[] body, string? deletedId)
    {
        var log = changes.GetOrAdd(container, _ => new ChangeLog());
        if (deletedId is not null)
        {
            log.Deleted(partitionKey, deletedId);
        }
        else
        {
            log.Wrote(partitionKey, Encoding.UTF8.GetString(body));
        }
    }

    private CosmosAnswer Changes(HttpRequest request)
    {
        var log = changes.GetOrAdd(CosmosRequest.ContainerOf(request), _ => new ChangeLog());
        var (documents, position) = log.After(Number("If-None-Match", 0), (int)Math.Clamp(Number("x-ms-max-item-count", -1) is > 0 and var most ? most : 1000, 1, 1000));
        var answer = CosmosAnswer.Json(
            documents.Count == 0 ? StatusCodes.Status304NotModified : StatusCodes.Status200OK,
            $$"""{"Documents":[{{string.Join(',', documents)}}],"_count":{{documents.Count}}}""");
        answer.Headers["x-ms-item-count"] = documents.Count.ToString(CultureInfo.InvariantCulture);
        answer.Headers["ETag"] = $"\"{position}\"";
        return answer;

        long Number(string header, long otherwise) => long.TryParse(request.Headers[header].ToString().Trim('"'), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    }
}
