using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Cosmos;
using ServerlessSocial.ContractTests.FunctionsHost;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.ContractTests.ServiceBus;
using ServerlessSocial.Hosts;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>Everything the Azure host stands on, as servers on the loopback interface: they live on while the host is killed.</summary>
internal sealed class AzureServices : IAsyncDisposable
{
    /// <summary>The one origin whose pages may call.</summary>
    public const string PageOrigin = "https://app.example";

    private readonly NodeServer documents;
    private readonly AzuriteServer blobs;
    private readonly ConcurrentDictionary<string, string> leases = new();

    private AzureServices(NodeServer documents, CosmosStandIn cosmos, AzuriteServer blobs, TokenIssuer issuer, ModelStandIn models, ServiceBusBroker broker)
    {
        this.documents = documents;
        this.blobs = blobs;
        (Cosmos, Issuer, Models, Broker) = (cosmos, issuer, models, broker);
    }

    /// <summary>Documents.</summary>
    public CosmosStandIn Cosmos { get; }

    /// <summary>Queues. A lock lasts five seconds instead of a minute, so that what a killed worker held comes again soon.</summary>
    public ServiceBusBroker Broker { get; }

    /// <summary>Models.</summary>
    public ModelStandIn Models { get; }

    /// <summary>Sign-in.</summary>
    public TokenIssuer Issuer { get; }

    /// <summary>How far change-feed functions have come.</summary>
    public IDictionary<string, string> Leases => leases;

    /// <summary>Starts them.</summary>
    public static async Task<AzureServices> StartAsync()
    {
        var azurite = new AzuriteServer();
        await azurite.InitializeAsync();
        var node = await NodeServer.StartAsync("documents");
        return new(
            node,
            await CosmosStandIn.StartAsync(node.Address),
            azurite,
            await TokenIssuer.StartAsync(),
            await ModelStandIn.StartAsync(),
            new ServiceBusBroker(Product.Queues.Select(queue => queue with { LockDuration = TimeSpan.FromSeconds(5) })));
    }

    /// <summary>How to reach the documents with the SDK.</summary>
    public ServerlessSocial.Hosts.Adapters.Cosmos.CosmosOptions CosmosOptions => new()
    {
        AccountEndpoint = Cosmos.Address.ToString(),
        AccountKey = CosmosServer.EmulatorKey,
    };

    /// <summary>The container of pictures and archives.</summary>
    public BlobContainerClient Blobs => blobs.Container;

    /// <summary>Tells what a host on them still has to do.</summary>
    public AzureBacklog Watch() => new(this);

    /// <summary>App settings, in the names <c>local.settings.json</c> has for emulators.</summary>
    public Dictionary<string, string> Settings() => new()
    {
        ["Cosmos__accountEndpoint"] = CosmosOptions.AccountEndpoint,
        ["Cosmos__AccountKey"] = CosmosOptions.AccountKey!,
        ["Cosmos__CreateIfMissing"] = "true",

        // Tests compare what is counted with what was asked for, at once.
        ["Recent__Seconds"] = "0",

        // They also do in a minute what people do in a day.
        ["Limits__Factor"] = "10000",
        ["Fairness__AtOnce"] = "100000",

        // Requests and workers are done in a moment here.
        ["Privacy__Quiet"] = "00:00:05",
        ["Http__Origins"] = PageOrigin,
        ["ServiceBus"] = Broker.ConnectionString,
        ["Media__ConnectionString"] = blobs.ConnectionStringInUse,
        ["Media__Container"] = blobs.Container.Name,
        ["OpenAI__Endpoint"] = Models.Address,
        ["OpenAI__ApiKey"] = "stand-in",
        ["OpenAI__ChatModel"] = "chat",
        ["OpenAI__ImageModel"] = "image",
        ["OpenAI__VisionModel"] = "chat",
        ["OpenAI__EmbeddingModel"] = "embedding",
        ["OpenAI__MaxRetries"] = "0",
        ["Identity__Authority"] = Issuer.Authority,
        ["Identity__Audience"] = TokenIssuer.Audience,
    };

    /// <summary>Starts a host on them.</summary>
    /// <param name="log">Receives what goes wrong in it.</param>
    /// <param name="port">Port for HTTP; 0 for a free one.</param>
    /// <param name="settings">Further app settings.</param>
    /// <param name="platformOrigins">Origins that the platform answers for, too; null for a host that leaves that to the app.</param>
    public async Task<StandInHost> StartHostAsync(
        Action<string> log, int port = 0, IReadOnlyDictionary<string, string>? settings = null, IReadOnlyList<string>? platformOrigins = null)
    {
        var all = Settings();
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        return await StandInHost.StartAsync(new(await PublishedFunctions.FolderAsync(), all) { Port = port, Leases = Leases, PlatformOrigins = platformOrigins, Log = log });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Broker.Dispose();
        await Models.DisposeAsync();
        await Issuer.DisposeAsync();
        await Cosmos.DisposeAsync();
        await documents.DisposeAsync();
        await blobs.DisposeAsync();
    }
}
