using Azure.AI.OpenAI;
using Azure.Core;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Hosts.Adapters.Identity;
using ServerlessSocial.Hosts.Adapters.OpenAi;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>The adapters of the ports in Azure. A managed identity signs in everywhere; connection strings and keys are for emulators alone.</summary>
internal static class AzureAdapters
{
    /// <summary>Adds them.</summary>
    public static void AddAzureAdapters(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        AddDocuments(services);

        // Before the settings, which win. The local host has its documents in memory anyway.
        services.Configure<RecentOptions>(options => options.Seconds = 5);
        AddQueues(services, configuration);
        AddMedia(services);
        AddModels(services, configuration.GetSection(OpenAiOptions.Section).Get<OpenAiOptions>() ?? new());
        services.AddSingleton<ITokenKeys, OpenIdConnectKeys>();
        services.AddSingleton<AzurePreparation>();
    }

    private static void AddDocuments(IServiceCollection services)
    {
        services.AddOptions<CosmosOptions>().BindConfiguration(CosmosOptions.Section)
            .Validate(options => options.AccountEndpoint.Length > 0, "Set Cosmos:accountEndpoint.");
        services.AddSingleton(provider => new CosmosConnection(
            provider.GetRequiredService<IOptions<CosmosOptions>>().Value, provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton<CosmosDocumentStore>();
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<CosmosDocumentStore>());
    }

    private static void AddQueues(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ServiceBusOptions>().BindConfiguration(ServiceBusOptions.Section);
        services.AddSingleton(provider => configuration[ServiceBusOptions.Section] is { Length: > 0 } connectionString
            ? new ServiceBusClient(connectionString)
            : new ServiceBusClient(
                provider.GetRequiredService<IOptions<ServiceBusOptions>>().Value.FullyQualifiedNamespace, provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton<IWorkQueue, ServiceBusWorkQueue>();
    }

    /// <summary>Azure OpenAI as this identity. To use the v1 endpoint with the OpenAI package alone, change this line.</summary>
    private static void AddModels(IServiceCollection services, OpenAiOptions options) => services.AddOpenAiModels(options, provider =>
    {
        var clientOptions = new AzureOpenAIClientOptions();
        OpenAiModels.Bound(clientOptions, options);
        return new AzureOpenAIClient(new Uri(options.Endpoint), provider.GetRequiredService<TokenCredential>(), clientOptions);
    });

    private static void AddMedia(IServiceCollection services)
    {
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<MediaOptions>>().Value;
            var service = options.ConnectionString is { } connectionString
                ? new BlobServiceClient(connectionString)
                : new BlobServiceClient(new Uri(options.ServiceUri), provider.GetRequiredService<TokenCredential>());
            return service.GetBlobContainerClient(options.Container);
        });
        services.AddSingleton<IMediaStore, BlobMediaStore>();
    }
}

/// <summary>What must be done once before the first function runs.</summary>
internal sealed class AzurePreparation(
    CosmosConnection cosmos, BlobContainerClient media, IOptions<CosmosOptions> options, IDocumentStore documents, ServiceKey key)
{
    /// <summary>Creates what is missing in emulators, and loads the key that authenticates cursors.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.CreateIfMissing)
        {
            await cosmos.PrepareAsync(Resources.Containers, cancellationToken);
            await media.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }

        await key.LoadAsync(documents, cancellationToken);
    }
}
