using Azure.Storage.Blobs;
using ServerlessSocial.ContractTests.Running;

namespace ServerlessSocial.ContractTests.Azurite;

/// <summary>Azurite (npm), a blob service that others wrote.</summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    /// <summary>The account that every installation of Azurite knows; its name and key are public.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private NodeServer? server;

    /// <summary>A container of these suites' own.</summary>
    public BlobContainerClient Container { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (new NeedsNodeAttribute().Lacking(string.Empty) is not null)
        {
            return;
        }

        server = await NodeServer.StartAsync("blobs");
        var connection = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={server.Address}{Account};";
        Container = new BlobServiceClient(connection).GetBlobContainerClient("media");
        await Container.CreateIfNotExistsAsync();
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => server?.DisposeAsync().AsTask() ?? Task.CompletedTask;
}
