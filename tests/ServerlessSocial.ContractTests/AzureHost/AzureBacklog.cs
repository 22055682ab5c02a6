using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>What the Azure host still has to do, read from the services it stands on.</summary>
internal sealed class AzureBacklog(AzureServices services) : IDisposable
{
    private static readonly (string Function, string Container)[] Feeds =
        [.. FunctionCatalog.TriggeredBy<Microsoft.Azure.Functions.Worker.CosmosDBTriggerAttribute>().Select(entry => (entry.Function.Name, entry.Trigger.ContainerName))];

    private readonly CosmosConnection connection = new(services.CosmosOptions, credential: null);

    /// <summary>Messages in queues, unread change feeds, and waiting work; nothing when all is done.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync()
    {
        // Feeds before queues and feeds again: work wanders from a feed to a queue, and from there by a write back to a feed.
        var left = await UnreadFeedsAsync();
        left.AddRange(services.Broker.Counts().Select(queue => $"{queue.Value} in {queue.Key}"));
        if (left.Count == 0)
        {
            left.AddRange(await UnreadFeedsAsync());
        }

        return left.Count > 0 ? left : await WaitingAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private async Task<List<string>> UnreadFeedsAsync()
    {
        var store = new CosmosDocumentStore(connection);
        var unread = new List<string>();
        foreach (var (function, name) in Feeds)
        {
            var container = Product.Containers.Single(candidate => candidate.Name == name);
            if (await store.HasChangesAsync(container, services.Leases.TryGetValue(function, out var position) ? position : null, CancellationToken.None))
            {
                unread.Add($"changes of {name}");
            }
        }

        return unread;
    }

    private async Task<List<string>> WaitingAsync()
    {
        var store = new CosmosDocumentStore(connection);
        var waiting = new List<string>();
        foreach (var queue in Product.Queues)
        {
            if ((await store.QueryAsync<WaitingDocument>(new(queue.Name, 100), CancellationToken.None)).Items is { Count: > 0 } entries)
            {
                waiting.Add($"{entries.Count} waiting for {queue.Name}");
            }
        }

        return waiting;
    }
}
