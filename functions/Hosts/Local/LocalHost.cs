using Azure.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Hosts.Adapters.OpenAi;
using ServerlessSocial.Hosts.Adapters.Telemetry;
using ServerlessSocial.Hosts.Local.OpenApi;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Hosts.Local;

/// <summary>The whole product in one process: Kestrel, SQLite, files, offline models.</summary>
public static class LocalHost
{
    /// <summary>Builds the host; start it with <see cref="WebApplication.StartAsync"/>.</summary>
    /// <param name="options">Port and data directory.</param>
    /// <param name="configure">Further services, which win over the host's own.</param>
    public static async Task<WebApplication> BuildAsync(LocalHostOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddCommandLine([.. options.Settings]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options.Port));
        AddAdapters(builder.Services, options);
        AddModels(builder.Services, builder.Configuration);
        builder.Services.AddProduct();
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
        LeaveMediaTypesToFunctions(builder.Services);

        var app = builder.Build();
        if (options.Documents == LocalDocuments.Cosmos)
        {
            await app.Services.GetRequiredService<CosmosConnection>().PrepareAsync(Product.Containers, CancellationToken.None);
        }

        await app.Services.GetRequiredService<ServiceKey>().LoadAsync(app.Services.GetRequiredService<IDocumentStore>(), CancellationToken.None);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ServerlessSocial.Http");
        app.Use((http, next) => Failures.GuardAsync(http, () => next(http), log));
        app.UseStatusCodePages(context => AnswerBareStatusAsync(context.HttpContext));
        app.MapHttpFunctions();
        app.MapApiDocument();
        return app;
    }

    private static void AddAdapters(IServiceCollection services, LocalHostOptions options)
    {
        services.AddSingleton(provider => new SqliteDatabase(options.DataDirectory, provider.GetRequiredService<ILogger<SqliteDatabase>>()));
        services.AddSingleton<SqliteDocumentStore>();
        AddDocuments(services, options.Documents);
        services.AddSingleton<SqliteLeases>();
        services.AddSingleton<SqliteWorkQueue>();
        services.AddSingleton<Idleness>();
        services.AddSingleton<IBacklog>(provider => provider.GetRequiredService<Idleness>());
        services.AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<SqliteWorkQueue>());
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
        services.AddSingleton<CosmosDocumentStore>();
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<CosmosDocumentStore>());
        services.AddSingleton<IChangeSource, CosmosChangeSource>();
    }

    private static void AddModels(IServiceCollection services, ConfigurationManager configuration)
    {
        var options = configuration.GetSection(OpenAiOptions.Section).Get<OpenAiOptions>() ?? new();
        services.AddOpenAiModels(options, _ => OpenAiModels.Connect(options));
    }

    /// <summary>
    /// A function says in words which media types it takes, once it is known who calls, in both hosts. Routing would answer before it,
    /// without a word, from what is declared for the API's description; the policy that does so cannot be switched off otherwise.
    /// </summary>
    private static void LeaveMediaTypesToFunctions(IServiceCollection services)
    {
        foreach (var policy in services.Where(service => service.ImplementationType?.Name == "AcceptsMatcherPolicy").ToList())
        {
            services.Remove(policy);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 16 * 1024 * 1024;

        // A picture's description of 1,500 characters in a script outside ASCII, percent-encoded, in the query.
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        if (port == 0)
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        }
        else
        {
            kestrel.ListenLocalhost(port);
        }
    }

    /// <summary>Answers that the router gives by itself (unknown path, wrong method) are problems like any other.</summary>
    private static Task AnswerBareStatusAsync(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => new Missing("operation").ExecuteAsync(http),
        StatusCodes.Status405MethodNotAllowed => Problems.WriteAsync(
            http, StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "This method is not allowed here.", "See /api/openapi.json for what this path answers to."),
        _ => Task.CompletedTask,
    };
}
