using Azure.Core;
using Microsoft.Azure.Cosmos;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Adapters.Cosmos;

/// <summary>The clients of one account: an ordinary one, and one that groups many small writes into few calls.</summary>
public sealed class CosmosConnection : IDisposable
{
    /// <summary>What the SDK asks for this setting. It has no option that reaches batched reads, too.</summary>
    private const string DirectExecution = "AZURE_COSMOS_OPTIMISTIC_DIRECT_EXECUTION_ENABLED";

    private readonly CosmosOptions options;
    private readonly CosmosClient client;
    private readonly CosmosClient bulk;

    static CosmosConnection()
    {
        // Outside Windows every query first asks the gateway for a plan. Those of one partition need none: they are executed as they are,
        // and only if that partition has split is a plan asked for after all.
        if (Environment.GetEnvironmentVariable(DirectExecution) is null)
        {
            Environment.SetEnvironmentVariable(DirectExecution, "true");
        }
    }

    /// <summary>Prepares the connection; nothing is sent yet.</summary>
    /// <param name="options">Where the account is.</param>
    /// <param name="credential">Signs in, unless the options hold a key.</param>
    /// <param name="handler">Stands between SDK and network; null for none. For tests.</param>
    public CosmosConnection(CosmosOptions options, TokenCredential? credential, Func<HttpMessageHandler>? handler = null)
    {
        this.options = options;
        client = Connect(credential, handler, allowBulk: false);
        bulk = options.Bulk ? Connect(credential, handler, allowBulk: true) : client;
    }

    /// <summary>Tells this database from others.</summary>
    public string Name => $"{options.AccountEndpoint} {options.Database}";

    /// <summary>A container.</summary>
    public Container Container(ContainerDefinition definition) => client.GetContainer(options.Database, definition.Name);

    /// <summary>A container, for many small writes at once.</summary>
    public Container BulkContainer(ContainerDefinition definition) => bulk.GetContainer(options.Database, definition.Name);

    /// <summary>Creates what is missing of database and containers, if the options say so.</summary>
    public async Task PrepareAsync(IEnumerable<ContainerDefinition> containers, CancellationToken cancellationToken)
    {
        if (!options.CreateIfMissing)
        {
            return;
        }

        Database database = await client.CreateDatabaseIfNotExistsAsync(options.Database, cancellationToken: cancellationToken);
        foreach (var definition in containers)
        {
            var container = new ContainerProperties(definition.Name, definition.PartitionKeyPath) { DefaultTimeToLive = definition.DefaultTimeToLive ?? -1 };
            if (definition.Searchable)
            {
                // As infra/modules/cosmos.bicep has it.
                container.FullTextPolicy = new() { DefaultLanguage = "en-US", FullTextPaths = [new() { Path = "/text", Language = "en-US" }] };
                container.IndexingPolicy.FullTextIndexes.Add(new() { Path = "/text" });
            }

            await database.CreateContainerIfNotExistsAsync(container, cancellationToken: cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        bulk.Dispose();
    }

    private CosmosClient Connect(TokenCredential? credential, Func<HttpMessageHandler>? handler, bool allowBulk)
    {
        var emulator = options.AccountKey is not null;
        var clientOptions = new CosmosClientOptions
        {
            ApplicationName = "serverless-social",
            UseSystemTextJsonSerializerWithOptions = DocumentJson.Options,
            AllowBulkExecution = allowBulk,
            ConsistencyLevel = emulator ? null : ConsistencyLevel.Session,
            ConnectionMode = emulator ? ConnectionMode.Gateway : ConnectionMode.Direct,
            LimitToEndpoint = emulator,
            // Two short tries here; a longer wait is for the caller to know of and decide.
            MaxRetryAttemptsOnRateLimitedRequests = 2,
            MaxRetryWaitTimeOnRateLimitedRequests = TimeSpan.FromSeconds(2),
            CosmosClientTelemetryOptions = new() { DisableDistributedTracing = false },
            CustomHandlers = { new ThrottleWatch.Handler() },
        };
        if (handler is not null)
        {
            clientOptions.HttpClientFactory = () => new HttpClient(handler(), disposeHandler: true);
        }
        else if (options.AcceptAnyCertificate)
        {
            clientOptions.ServerCertificateCustomValidationCallback = (_, _, _) => true;
        }

        return options.AccountKey is { } key
            ? new CosmosClient(options.AccountEndpoint, key, clientOptions)
            : new CosmosClient(options.AccountEndpoint, credential ?? throw new InvalidOperationException("Cosmos DB needs a credential or a key."), clientOptions);
    }
}
