using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>What an operation of a batch does; the numbers are the protocol's.</summary>
internal enum BatchOperationKind
{
    /// <summary>A document that must not be there yet.</summary>
    Create = 0,

    /// <summary>Changes to properties.</summary>
    Patch = 1,

    /// <summary>A read.</summary>
    Read = 2,

    /// <summary>The end of a document.</summary>
    Delete = 4,

    /// <summary>A new version of a document that must be there.</summary>
    Replace = 5,

    /// <summary>A document, whether it was there or not.</summary>
    Upsert = 20,
}

/// <summary>An operation of a batch.</summary>
internal sealed record BatchOperation(BatchOperationKind Kind, string PartitionKey, string? Id, string? Json, string? IfMatch);

/// <summary>
/// Carries out batches one document at a time, for a server that has none. An atomic batch is checked whole before anything is written;
/// that this is enough is the caller's care, who lets no other write in between.
/// </summary>
internal sealed class CosmosBatch(CosmosUpstream upstream)
{
    private const int FailedDependency = 424;

    /// <summary>Reads the binary form.</summary>
    public static Task<IReadOnlyList<BatchOperation>> ReadAsync(byte[] request, string partitionKey) => BatchFormat.ReadAsync(request, partitionKey);

    /// <summary>Writes the binary form.</summary>
    public static async Task<CosmosAnswer> AnswerAsync(IReadOnlyList<CosmosAnswer> results)
    {
        var status = results.All(result => result.Succeeded) ? StatusCodes.Status200OK : StatusCodes.Status207MultiStatus;
        return new(status, await BatchFormat.WriteAsync(results))
        {
            Headers = { ["x-ms-activity-id"] = Guid.NewGuid().ToString(), ["x-ms-request-charge"] = "10" },
        };
    }

    /// <summary>Carries a batch out.</summary>
    public async Task<IReadOnlyList<CosmosAnswer>> RunAsync(string path, IReadOnlyList<BatchOperation> operations, bool isAtomic)
    {
        if (isAtomic && await FirstProblemAsync(path, operations) is { } problem)
        {
            return [.. operations.Select((_, i) => CosmosAnswer.Json(i == problem.Index ? problem.Status : FailedDependency, string.Empty))];
        }

        var results = new List<CosmosAnswer>();
        foreach (var operation in operations)
        {
            results.Add(await RunAsync(path, operation));
        }

        return results;
    }

    private async Task<(int Index, int Status)?> FirstProblemAsync(string path, IReadOnlyList<BatchOperation> operations)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            var operation = operations[i];
            var found = await upstream.SendAsync(HttpMethod.Get, OneOf(path, operation), operation.PartitionKey);
            var status = operation.Kind switch
            {
                BatchOperationKind.Create => found.Succeeded ? StatusCodes.Status409Conflict : 0,
                BatchOperationKind.Upsert => 0,
                _ when !found.Succeeded => StatusCodes.Status404NotFound,
                _ => operation.IfMatch is { } wanted && wanted.Trim('"') != ETagOf(found) ? StatusCodes.Status412PreconditionFailed : 0,
            };
            if (status != 0)
            {
                return (i, status);
            }
        }

        return null;
    }

    private Task<CosmosAnswer> RunAsync(string path, BatchOperation operation) => operation.Kind switch
    {
        BatchOperationKind.Create => upstream.SendAsync(HttpMethod.Post, path, operation.PartitionKey, operation.Json),
        BatchOperationKind.Upsert => upstream.SendAsync(HttpMethod.Post, path, operation.PartitionKey, operation.Json, upsert: true),
        BatchOperationKind.Replace => upstream.SendAsync(HttpMethod.Put, OneOf(path, operation), operation.PartitionKey, operation.Json, operation.IfMatch),
        BatchOperationKind.Delete => upstream.SendAsync(HttpMethod.Delete, OneOf(path, operation), operation.PartitionKey, ifMatch: operation.IfMatch),
        BatchOperationKind.Patch => PatchAsync(OneOf(path, operation), operation),
        _ => upstream.SendAsync(HttpMethod.Get, OneOf(path, operation), operation.PartitionKey),
    };

    private async Task<CosmosAnswer> PatchAsync(string path, BatchOperation operation)
    {
        var found = await upstream.SendAsync(HttpMethod.Get, path, operation.PartitionKey);
        if (!found.Succeeded)
        {
            return found;
        }

        var document = JsonNode.Parse(found.Body)!;
        foreach (var change in JsonNode.Parse(operation.Json!)!["operations"]!.AsArray())
        {
            Apply(document, (string)change!["op"]!, ((string)change["path"]!).Split('/')[1..], change["value"]);
        }

        return await upstream.SendAsync(HttpMethod.Put, path, operation.PartitionKey, document.ToJsonString());
    }

    private static void Apply(JsonNode document, string operation, string[] path, JsonNode? value)
    {
        var owner = path[..^1].Aggregate(document, (node, name) => node[name]!);
        owner[path[^1]] = operation == "incr"
            ? JsonValue.Create((owner[path[^1]]?.GetValue<long>() ?? 0) + value!.GetValue<long>())
            : value?.DeepClone();
    }

    private static string OneOf(string path, BatchOperation operation) =>
        $"{path}/{Uri.EscapeDataString(operation.Id ?? (string)JsonNode.Parse(operation.Json!)!["id"]!)}";

    private static string? ETagOf(CosmosAnswer answer) => ((string?)JsonNode.Parse(Encoding.UTF8.GetString(answer.Body))!["_etag"])?.Trim('"');
}
