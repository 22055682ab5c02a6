using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>
/// What must be done once before the first function runs. It begins when the app starts, but nobody waits for it before the first
/// invocation: an app that waited for Cosmos DB would miss the Functions host's time limit when Cosmos DB is away, and be killed over and
/// over. If it fails, the next invocation tries again.
/// </summary>
internal sealed partial class AzurePreparation(
    CosmosConnection cosmos, BlobContainerClient media, IOptions<CosmosOptions> options, IDocumentStore documents, ServiceKey key, ILogger<AzurePreparation> log)
    : IHostedService
{
    private readonly Lock gate = new();
    private Task? attempt;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = Attempt();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Completes when functions may run.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) => Attempt().WaitAsync(cancellationToken);

    private Task Attempt()
    {
        lock (gate)
        {
            return attempt = attempt is null or { IsFaulted: true } ? Task.Run(PrepareAsync) : attempt;
        }
    }

    /// <summary>Creates what is missing in emulators, and loads the key that authenticates cursors.</summary>
    private async Task PrepareAsync()
    {
        try
        {
            if (options.Value.CreateIfMissing)
            {
                await cosmos.PrepareAsync(Resources.Containers, CancellationToken.None);
                await media.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            }

            await key.LoadAsync(documents, CancellationToken.None);
        }
        catch (Exception exception)
        {
            NotReady(log, exception);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The app could not prepare itself; the next invocation tries again.")]
    private static partial void NotReady(ILogger log, Exception exception);
}
