using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Hosts.Adapters.Cosmos;

/// <content>Batched reads: one call per container, all at the same time.</content>
public sealed partial class CosmosDocumentStore
{
    /// <inheritdoc/>
    public async ValueTask<DocumentSet> ReadManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        var found = new DocumentSet(keys.Count);
        var parts = await Task.WhenAll(keys.Distinct().GroupBy(key => key.Container).Select(group => ReadManyAsync(group.Key, [.. group], cancellationToken)));
        foreach (var part in parts)
        {
            found.Add(part);
        }

        return found;
    }

    private async Task<DocumentSet> ReadManyAsync(ContainerDefinition container, List<DocumentKey> keys, CancellationToken cancellationToken)
    {
        var found = new DocumentSet(keys.Count);
        if (keys is [var only])
        {
            await ReadOneAsync(only, found, cancellationToken);
            return found;
        }

        var asked = keys.ToLookup(key => (key.PartitionKey, key.Id));
        var partitionProperty = container.PartitionKeyPath[1..];
        using var watch = new ThrottleWatch(cancellationToken);
        try
        {
            var response = await connection.Container(container).ReadManyItemsAsync<JsonElement>(
                [.. asked.Select(item => (item.Key.Id, new PartitionKey(item.Key.PartitionKey)))], cancellationToken: watch.Token);
            RequestCharge.Add(container.Name, "readMany", response.RequestCharge);
            foreach (var item in response)
            {
                foreach (var key in asked[(item.GetProperty(partitionProperty).GetString()!, item.GetProperty("id").GetString()!)])
                {
                    found.Add(key, (Document)item.Deserialize(key.Type, DocumentJson.Options)!);
                }
            }
        }
        catch (Exception) when (watch.RetryAfter is { } retryAfter)
        {
            throw new StoreThrottledException(retryAfter);
        }

        return found;
    }

    private async Task ReadOneAsync(DocumentKey key, DocumentSet found, CancellationToken cancellationToken)
    {
        using var response = await connection.Container(key.Container).ReadItemStreamAsync(key.Id, new PartitionKey(key.PartitionKey), cancellationToken: cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            RequestCharge.Add(key.Container.Name, "read", response.Headers.RequestCharge);
            return;
        }

        Succeed(response, key.Container, "read");
        found.Add(key, (Document)(await JsonSerializer.DeserializeAsync(response.Content, key.Type, DocumentJson.Options, cancellationToken))!);
    }
}
