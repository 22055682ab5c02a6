using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Hosts.Adapters.Cosmos;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>
/// What the suites speak to: the account or emulator that the environment names (<c>COSMOS_ENDPOINT</c>, <c>COSMOS_KEY</c>), or else
/// the npm package <c>@vercel/cosmosdb-server</c> behind a <see cref="CosmosStandIn"/>, which has what it lacks.
/// </summary>
public sealed class CosmosServer : IAsyncLifetime
{
    /// <summary>The key that every emulator has; the package asks for none.</summary>
    public const string EmulatorKey = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

    private NodeServer? server;

    /// <summary>Endpoint of a real account or emulator, or null.</summary>
    public static string? Endpoint { get; } = Environment.GetEnvironmentVariable("COSMOS_ENDPOINT") is { Length: > 0 } endpoint ? endpoint : null;

    /// <summary>The stand-in; null in front of an account or emulator.</summary>
    internal CosmosStandIn? StandIn { get; private set; }

    /// <summary>What accepts an emulator's certificate.</summary>
    internal static HttpMessageHandler AnyCertificate() =>
        new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };

    /// <summary>How to reach it, with a database of the caller's own.</summary>
    public CosmosOptions NewDatabase()
    {
        var endpoint = Endpoint ?? StandIn!.Address.ToString();
        return new CosmosOptions
        {
            AccountEndpoint = endpoint,
            AccountKey = Environment.GetEnvironmentVariable("COSMOS_KEY") is { Length: > 0 } key ? key : EmulatorKey,
            Database = $"contract-{Guid.NewGuid():N}",
            CreateIfMissing = true,
            AcceptAnyCertificate = new Uri(endpoint).IsLoopback,
        };
    }

    /// <summary>The real SDK, connected to a database of the caller's own.</summary>
    public CosmosConnection Connect() => new(NewDatabase(), credential: null);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Endpoint is null && new NeedsCosmosAttribute().Lacking(string.Empty) is null)
        {
            server = await NodeServer.StartAsync("documents");
            StandIn = await CosmosStandIn.StartAsync(server.Address);
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await StandIn!.DisposeAsync();
            await server.DisposeAsync();
        }
    }
}

/// <summary>One server for all its suites.</summary>
[CollectionDefinition(Name)]
public sealed class CosmosSuites : ICollectionFixture<CosmosServer>
{
    public const string Name = "Cosmos DB";
}

/// <summary>Needs a server that speaks the protocol of Cosmos DB.</summary>
public sealed class NeedsCosmosAttribute : NeedsAttribute
{
    private static readonly NeedsNodeAttribute Node = new();

    /// <inheritdoc/>
    public override string? Lacking(string test) => CosmosServer.Endpoint is null ? Node.Lacking(test) : null;
}

/// <summary>Names a test, or null for the whole suite, that the npm package cannot carry out; an account or emulator can.</summary>
public sealed class NeedsRealCosmosAttribute(string? unable, string reason) : NeedsAttribute
{
    /// <inheritdoc/>
    public override string? Lacking(string test) =>
        CosmosServer.Endpoint is null && (unable is null || unable == test)
            ? $"@vercel/cosmosdb-server {reason}; set COSMOS_ENDPOINT and COSMOS_KEY to run this on an account or emulator."
            : null;
}
