using Microsoft.AspNetCore.Http;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>What a request to Cosmos DB asks for.</summary>
internal enum CosmosRequestKind
{
    /// <summary>Something about the account, a database or a container.</summary>
    Other,

    /// <summary>How a query would be divided among partitions.</summary>
    QueryPlan,

    /// <summary>A query, or many documents at once.</summary>
    Query,

    /// <summary>Many operations in binary form: a transaction, or a bulk.</summary>
    Batch,

    /// <summary>What changed.</summary>
    Changes,

    /// <summary>One document read.</summary>
    Read,

    /// <summary>One document written or deleted.</summary>
    Write,
}

/// <summary>Reads requests of the protocol.</summary>
internal static class CosmosRequest
{
    /// <summary>What it asks for.</summary>
    public static CosmosRequestKind KindOf(HttpRequest request) => request switch
    {
        _ when request.Headers.ContainsKey("x-ms-cosmos-is-query-plan-request") => CosmosRequestKind.QueryPlan,
        _ when request.Headers.ContainsKey("x-ms-cosmos-is-batch-request") => CosmosRequestKind.Batch,
        _ when !request.Path.Value!.Contains("/docs", StringComparison.Ordinal) => CosmosRequestKind.Other,
        _ when request.Headers.ContainsKey("A-IM") => CosmosRequestKind.Changes,
        _ when request.Headers.ContainsKey("x-ms-documentdb-isquery") => CosmosRequestKind.Query,
        { Method: "GET" } => CosmosRequestKind.Read,
        _ => CosmosRequestKind.Write,
    };

    /// <summary>The container's path, <c>/dbs/DATABASE/colls/CONTAINER</c>.</summary>
    public static string ContainerOf(HttpRequest request) => request.Path.Value!.Split("/docs")[0];

    /// <summary>The partition key, a JSON array.</summary>
    public static string PartitionKeyOf(HttpRequest request) => request.Headers["x-ms-documentdb-partitionkey"].ToString();
}
