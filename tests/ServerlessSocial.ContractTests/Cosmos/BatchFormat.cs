using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Core.Utf8;
using Microsoft.Azure.Cosmos.Serialization.HybridRow;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.IO;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.Layouts;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.RecordIO;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>The binary form of batches (HybridRow records), by the SDK's own code; only its layouts have to be taken out of the SDK by name.</summary>
internal static class BatchFormat
{
    private const int RowBytes = 1024;

    private static readonly LayoutResolver Resolver = SdkProperty<LayoutResolver>("BatchLayoutResolver");
    private static readonly Layout Results = SdkProperty<Layout>("BatchResultLayout");

    /// <summary>Reads operations.</summary>
    /// <param name="request">The body.</param>
    /// <param name="partitionKey">Partition of operations that name none: those of a transaction.</param>
    public static async Task<IReadOnlyList<BatchOperation>> ReadAsync(byte[] request, string partitionKey)
    {
        var operations = new List<BatchOperation>();
        Func<ReadOnlyMemory<byte>, Result> take = record =>
        {
            var row = new RowBuffer(record.Length);
            if (!row.ReadFrom(record.Span, HybridRowVersion.V1, Resolver))
            {
                return Result.Failure;
            }

            operations.Add(Read(ref row, partitionKey));
            return Result.Success;
        };
        var result = await new MemoryStream(request).ReadRecordIOAsync(take, null, new MemorySpanResizer<byte>(request.Length));
        return result == Result.Success ? operations : throw new InvalidDataException($"The batch cannot be read: {result}.");
    }

    /// <summary>Writes results.</summary>
    public static async Task<byte[]> WriteAsync(IReadOnlyList<CosmosAnswer> results)
    {
        using var stream = new MemoryStream();
        await stream.WriteRecordIOAsync(
            default(Segment),
            (long index, out ReadOnlyMemory<byte> record) =>
            {
                record = index < results.Count ? Row(results[(int)index]) : default;
                return Result.Success;
            },
            new MemorySpanResizer<byte>(RowBytes));
        return stream.ToArray();
    }

    private static BatchOperation Read(ref RowBuffer row, string partitionKey)
    {
        var reader = new RowReader(ref row);
        var operation = new BatchOperation(default, partitionKey, null, null, null);
        while (reader.Read())
        {
            string text;
            switch (reader.Path.ToString())
            {
                case "operationType" when reader.ReadInt32(out var kind) == Result.Success:
                    operation = operation with { Kind = (BatchOperationKind)kind };
                    break;
                case "partitionKey" when reader.ReadString(out text) == Result.Success:
                    operation = operation with { PartitionKey = text };
                    break;
                case "id" when reader.ReadString(out text) == Result.Success:
                    operation = operation with { Id = text };
                    break;
                case "ifMatch" when reader.ReadString(out text) == Result.Success:
                    operation = operation with { IfMatch = text };
                    break;
                case "resourceBody" when reader.ReadBinary(out byte[] body) == Result.Success:
                    operation = operation with { Json = Encoding.UTF8.GetString(body) };
                    break;
            }
        }

        return operation;
    }

    private static ReadOnlyMemory<byte> Row(CosmosAnswer result)
    {
        var resizer = new MemorySpanResizer<byte>(RowBytes);
        var row = new RowBuffer(RowBytes, resizer);
        row.InitLayout(HybridRowVersion.V1, Results, Resolver);
        var written = RowWriter.WriteBuffer(ref row, result, (ref RowWriter writer, TypeArgument _, CosmosAnswer answer) =>
        {
            writer.WriteInt32("statusCode", answer.Status);
            writer.WriteInt32("subStatusCode", 0);
            if (answer.Succeeded && answer.Body.Length > 0)
            {
                writer.WriteString("eTag", (string)JsonNode.Parse(answer.Body)!["_etag"]!);
                writer.WriteBinary("resourceBody", answer.Body);
            }

            writer.WriteFloat64("requestCharge", 5);
            return Result.Success;
        });
        return written == Result.Success ? resizer.Memory[..row.Length] : throw new InvalidDataException($"The result cannot be written: {written}.");
    }

    private static T SdkProperty<T>(string name) =>
        (T)typeof(CosmosClient).Assembly.GetType("Microsoft.Azure.Cosmos.BatchSchemaProvider", throwOnError: true)!
            .GetProperty(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(null)!;
}
