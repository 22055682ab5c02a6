using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using ServerlessSocial.ContractTests.FunctionsHost.Protocol;

namespace ServerlessSocial.ContractTests.FunctionsHost;

/// <summary>
/// Calls functions for changed documents, page by page. A page whose function fails comes again, as the functions' retry policies ask;
/// the position is stored after success.
/// </summary>
internal sealed class ChangeFeedTriggers : IAsyncDisposable
{
    private const int PageSize = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly StandInHost host;
    private readonly StandInHostOptions options;
    private readonly CosmosClient client;
    private readonly Task following;

    /// <summary>Starts following.</summary>
    public ChangeFeedTriggers(StandInHost host, IReadOnlyList<Function> functions, StandInHostOptions options, CancellationToken cancellationToken)
    {
        this.host = host;
        this.options = options;
        client = new CosmosClient(
            options.Settings["Cosmos__accountEndpoint"],
            options.Settings["Cosmos__AccountKey"],
            new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true, UseSystemTextJsonSerializerWithOptions = JsonSerializerOptions.Default });
        following = Task.WhenAll(functions.Where(function => function.TriggerType == "cosmosDBTrigger").Select(function => FollowAsync(function, cancellationToken)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await following;
        client.Dispose();
    }

    private async Task FollowAsync(Function function, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                while (await RunPageAsync(function, cancellationToken))
                {
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                options.Log($"{function.Name}: {exception.Message}");
                pause = PauseAfterFailure;
            }
            catch (Exception)
            {
                // The host stops, and whatever was under way with it.
                return;
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether there was a page.</summary>
    private async Task<bool> RunPageAsync(Function function, CancellationToken cancellationToken)
    {
        var container = client.GetContainer(function.Setting("databaseName"), function.Setting("containerName"));
        using var feed = container.GetChangeFeedIterator<JsonElement>(
            options.Leases.TryGetValue(function.Name, out var position) ? ChangeFeedStartFrom.ContinuationToken(position) : ChangeFeedStartFrom.Beginning(),
            ChangeFeedMode.LatestVersion,
            new ChangeFeedRequestOptions { PageSizeHint = PageSize });
        var page = await feed.ReadNextAsync(cancellationToken);
        if (page.StatusCode == HttpStatusCode.NotModified)
        {
            return false;
        }

        await host.InvokeAsync(function, new TypedData { String = JsonSerializer.Serialize(page) }, []).WaitAsync(cancellationToken);
        options.Leases[function.Name] = page.ContinuationToken;
        return true;
    }
}
