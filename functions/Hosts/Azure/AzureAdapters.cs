using Azure.Core;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Hosts.Adapters.Identity;
using ServerlessSocial.Hosts.Adapters.OpenAi;
using ServerlessSocial.Hosts.Adapters.WebPubSub;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Platform.Live;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>The adapters of the ports in Azure. A managed identity signs in everywhere; connection strings and keys are for emulators alone.</summary>
internal static class AzureAdapters
{
    /// <summary>Adds them.</summary>
    public static void AddAzureAdapters(this IServiceCollection services, IConfiguration configuration, TokenCredential credential)
    {
        services.AddSingleton(credential);
        services.AddSingleton<IFaultReader, AzureFaults>();
        services.AddSingleton<IFaultReader, CosmosFaults>();
        AddDocuments(services);

        // Before the settings, which win. The local host has its documents in memory anyway.
        services.Configure<RecentOptions>(options => options.Seconds = 5);
        services.Configure<LimitOptions>(options => (options.Proxies, options.LateRefusals) = (1, 8));
        AddQueues(services, configuration);
        AddMedia(services);
        services.AddAzureModels(configuration.GetSection(OpenAiOptions.Section).Get<OpenAiOptions>() ?? new());
        AddLiveChannel(services, configuration);
        services.AddSingleton<ITokenKeys, OpenIdConnectKeys>();
        services.AddSingleton<AzurePreparation>();
        services.AddHostedService(provider => provider.GetRequiredService<AzurePreparation>());
    }

    private static void AddDocuments(IServiceCollection services)
    {
        services.AddOptions<CosmosOptions>().BindConfiguration(CosmosOptions.Section)
            .Validate(options => options.AccountEndpoint.Length > 0, "Set Cosmos:accountEndpoint.");
        services.AddSingleton(provider => new CosmosConnection(
            provider.GetRequiredService<IOptions<CosmosOptions>>().Value, provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton<CosmosDocumentStore>();
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<CosmosDocumentStore>());
        services.AddSingleton<ISearchIndex>(provider => provider.GetRequiredService<CosmosDocumentStore>());
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

    private static void AddLiveChannel(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[$"{WebPubSubOptions.Section}:{nameof(WebPubSubOptions.Endpoint)}"] is { Length: > 0 })
        {
            services.AddOptions<WebPubSubOptions>().BindConfiguration(WebPubSubOptions.Section);
            services.AddSingleton<ILiveChannel>(provider => new WebPubSubChannel(
                new HttpClient { Timeout = TimeSpan.FromSeconds(5) },
                provider.GetRequiredService<TokenCredential>(),
                provider.GetRequiredService<IOptions<WebPubSubOptions>>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<WebPubSubChannel>>()));
        }
    }

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
