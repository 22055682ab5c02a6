using System.Diagnostics;
using Azure.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Hosts.Adapters.OpenAi;
using ServerlessSocial.Hosts.Adapters.Telemetry;
using ServerlessSocial.Hosts.Local.OpenApi;
using ServerlessSocial.Hosts.Local.SampleModels;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Live;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Hosts.Local;

/// <summary>The whole product in one process: Kestrel, SQLite, files, sample models.</summary>
public static class LocalHost
{
    /// <summary>Builds the host; start it with <see cref="WebApplication.StartAsync"/>.</summary>
    /// <param name="options">Port and data directory.</param>
    /// <param name="configure">Further services, which win over the host's own.</param>
    public static async Task<WebApplication> BuildAsync(LocalHostOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        SqliteDatabase.PrepareDirectory(options.DataDirectory);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddCommandLine([.. options.Settings]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options.Port));
        builder.Services.AddSingleton<DistributedContextPropagator, OwnTraces>();
        AddAdapters(builder.Services, options);
        AddModels(builder.Services, builder.Configuration);
        builder.Services.AddProduct();

        // Somebody who develops a page here serves it from this machine, too.
        builder.Services.PostConfigure<HttpOptions>(http => http.Origins = $"{http.Origins},{CrossOrigin.ThisMachine}");
        builder.Services.AddApiDocument();
        foreach (var type in FunctionCatalog.Functions.Select(function => function.Class).Distinct())
        {
            builder.Services.AddSingleton(type);
        }

        if (builder.Configuration[ExportedTelemetry.OtlpEndpoint] is { Length: > 0 })
        {
            // First, so that it stops last and misses nothing.
            builder.Services.AddHostedService<OtlpExport>();
        }

        builder.Services.AddHostedService<StorageSweeper>();
        builder.Services.AddHostedService<ChangeFeedPump>();
        builder.Services.AddHostedService<QueuePump>();
        builder.Services.AddHostedService<TimerPump>();
        configure?.Invoke(builder);
        LeaveBodiesToFunctions(builder.Services);

        var app = builder.Build();

        // Before the start, whose failures are logged with their traces.
        app.Services.GetService<IStartupValidator>()?.Validate();
        if (options.Documents == LocalDocuments.Cosmos)
        {
            await app.Services.GetRequiredService<CosmosConnection>().PrepareAsync(Product.Containers, CancellationToken.None);
        }

        await app.Services.GetRequiredService<ServiceKey>().LoadAsync(app.Services.GetRequiredService<IDocumentStore>(), CancellationToken.None);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ServerlessSocial.Http");
        app.Use((http, next) => Failures.GuardAsync(http, () => next(http), log));
        app.MapHttpFunctions();
        app.MapApiDocument();
        app.Use((http, next) => http.GetEndpoint() is null ? new Missing("page").ExecuteAsync(http) : next(http));
        return app;
    }

    private static void AddAdapters(IServiceCollection services, LocalHostOptions options)
    {
        services.AddSingleton(_ => new SqliteDatabase(options.DataDirectory));
        services.AddSingleton<StorageOutage>();
        services.AddSingleton<SqliteDocumentStore>();
        AddDocuments(services, options.Documents);
        services.AddSingleton<SqliteLeases>();
        services.AddSingleton<SqliteWorkQueue>();
        services.AddSingleton<Idleness>();
        services.AddSingleton<IBacklog>(provider => provider.GetRequiredService<Idleness>());
        services.AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<SqliteWorkQueue>());
        services.AddSingleton<ILiveChannel, LocalLiveChannel>();
        services.AddSingleton<IMediaStore>(_ => new FileMediaStore(options.DataDirectory));
        services.AddSingleton(provider => new LocalTokenKeys(
            Path.Combine(options.DataDirectory, "keys", "tokens.json"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITokenKeys>(provider => provider.GetRequiredService<LocalTokenKeys>());
        services.PostConfigure<IdentityOptions>(identity =>
        {
            identity.Issuer = LocalTokenKeys.Issuer;
            identity.Audience = LocalTokenKeys.Audience;
        });
    }

    private static void AddDocuments(IServiceCollection services, LocalDocuments documents)
    {
        if (documents == LocalDocuments.Sqlite)
        {
            services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<SqliteDocumentStore>());
            services.AddSingleton<ISearchIndex>(provider => provider.GetRequiredService<SqliteDocumentStore>());
            services.AddSingleton<IChangeSource, SqliteChangeSource>();
            return;
        }

        services.AddOptions<CosmosOptions>().BindConfiguration(CosmosOptions.Section)
            .Validate(cosmos => Uri.IsWellFormedUriString(cosmos.AccountEndpoint, UriKind.Absolute), "Documents in Cosmos DB need --Cosmos:AccountEndpoint, an https address.");
        services.AddSingleton(provider =>
        {
            var cosmos = provider.GetRequiredService<IOptions<CosmosOptions>>().Value;
            return new CosmosConnection(cosmos, cosmos.AccountKey is null ? new DefaultAzureCredential() : null);
        });
        services.AddSingleton<IFaultReader, CosmosFaults>();
        services.AddSingleton<CosmosDocumentStore>();
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<CosmosDocumentStore>());
        services.AddSingleton<ISearchIndex>(provider => provider.GetRequiredService<CosmosDocumentStore>());
        services.AddSingleton<IChangeSource, CosmosChangeSource>();
    }

    private static void AddModels(IServiceCollection services, ConfigurationManager configuration)
    {
        var options = configuration.GetSection(OpenAiOptions.Section).Get<OpenAiOptions>() ?? new();
        services.AddOpenAiModels(options, _ => OpenAiModels.Connect(options));
        services.AddSampleModels();
    }

    /// <summary>
    /// What a body may be is the function's to say, after it is known who calls, as in Azure: routing by content type would answer with a
    /// bare 415, or take another function. The policy has no public name.
    /// </summary>
    private static void LeaveBodiesToFunctions(IServiceCollection services) =>
        services.Remove(services.Single(service => service.ServiceType == typeof(MatcherPolicy) && service.ImplementationType?.Name == "AcceptsMatcherPolicy"));

    private static void Listen(KestrelServerOptions kestrel, int port)
    {
        RequestLimits.Apply(kestrel);
        if (port == 0)
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        }
        else
        {
            kestrel.ListenLocalhost(port);
        }
    }
}
