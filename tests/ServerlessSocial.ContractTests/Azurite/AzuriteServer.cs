using Azure.Storage.Blobs;
using ServerlessSocial.ContractTests.Running;

namespace ServerlessSocial.ContractTests.Azurite;

/// <summary>
/// A blob service that others wrote: the one that <c>AZURITE_CONNECTION_STRING</c> names, or else Azurite from npm.
/// </summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    /// <summary>The account that every installation of Azurite knows; its name and key are public.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private NodeServer? server;

    /// <summary>A service that runs already, or null.</summary>
    public static string? ConnectionString { get; } = Environment.GetEnvironmentVariable("AZURITE_CONNECTION_STRING") is { Length: > 0 } given ? given : null;

    /// <summary>How to reach the service that was found or started.</summary>
    public string ConnectionStringInUse => ConnectionString
        ?? $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={server!.Address}{Account};";

    /// <summary>A container of these suites' own.</summary>
    public BlobContainerClient Container { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (new NeedsAzuriteAttribute().Lacking(string.Empty) is not null)
        {
            return;
        }

        if (ConnectionString is null)
        {
            server = await NodeServer.StartAsync("blobs");
        }

        var service = new BlobServiceClient(ConnectionStringInUse);
        Container = service.GetBlobContainerClient($"contract-{Guid.NewGuid():N}");
        await Container.CreateAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
        else if (Container is not null)
        {
            await Container.DeleteAsync();
        }
    }
}

/// <summary>Needs a blob service.</summary>
public sealed class NeedsAzuriteAttribute : NeedsAttribute
{
    private static readonly NeedsNodeAttribute Node = new();

    /// <inheritdoc/>
    public override string? Lacking(string test) => AzuriteServer.ConnectionString is null ? Node.Lacking(test) : null;
}
