using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessSocial.ContractTests.FunctionsHost.Protocol;

namespace ServerlessSocial.ContractTests.FunctionsHost;

/// <summary>What a stand-in host runs, and on what.</summary>
/// <param name="Folder">Where the app is published.</param>
/// <param name="Settings">App settings, as environment variables.</param>
public sealed record StandInHostOptions(string Folder, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Port for HTTP; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>How far change-feed functions have come, by their names: outlives the host, as leases in Cosmos DB do.</summary>
    public IDictionary<string, string> Leases { get; init; } = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();

    /// <summary>How often timers fire, whatever their schedule says.</summary>
    public TimeSpan TimerPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Origins that the platform was told of (siteConfig.cors), as on the Flex Consumption plan: the host then answers every preflight by itself, whether there are any or not
    /// (WebScriptHostBuilderExtension and JobHostCorsMiddleware in github.com/Azure/azure-functions-host). Null leaves all of it to the app, as <c>func start</c> does.
    /// </summary>
    public IReadOnlyList<string>? PlatformOrigins { get; init; }

    /// <summary>Receives warnings and errors of the worker, and what the host has to say.</summary>
    public Action<string> Log { get; init; } = _ => { };
}

/// <summary>
/// Stands in for the Azure Functions host: runs a published isolated worker over the language-worker protocol, takes HTTP requests for
/// it, and calls its functions for messages of Service Bus queues, for changed documents of Cosmos DB, and now and then for timers. A
/// worker that dies is replaced. It scales nothing, checks no keys, and knows no output bindings.
/// </summary>
public sealed class StandInHost : IAsyncDisposable
{
    private static readonly TimeSpan WorkerPatience = TimeSpan.FromSeconds(60);

    /// <summary>How often it is asked whether there is another.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly StandInHostOptions options;
    private readonly WorkerStreams streams = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly WebApplication app;
    private readonly HttpTriggers http;
    private TaskCompletionSource<WorkerProcess> current = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<IAsyncDisposable> triggers = [];
    private Task supervising = Task.CompletedTask;

    private StandInHost(StandInHostOptions options)
    {
        this.options = options = options with { Log = FirstLine(options.Log) };
        http = new HttpTriggers(this);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 210_000_000;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.Services.AddHttpForwarder();
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins([.. options.PlatformOrigins ?? []]).AllowAnyHeader().AllowAnyMethod()));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(streams);
        app = builder.Build();
        app.Use(AnswerWhileStartingAsync);
        if (options.PlatformOrigins is not null)
        {
            app.UseCors();
        }

        app.UseRouting();
        app.MapGrpcService<WorkerService>();
        ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.Add(http);
    }

    /// <summary>Where it takes HTTP requests.</summary>
    public Uri Address => new(Addresses[0]);

    private string[] Addresses => [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Starts host and worker, and waits until functions can run.</summary>
    public static async Task<StandInHost> StartAsync(StandInHostOptions options)
    {
        var host = new StandInHost(options);
        await host.app.StartAsync();
        host.supervising = Task.Run(host.SuperviseAsync);
        try
        {
            await host.WorkerAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the worker alone, as <c>kill -9</c> does; the host starts another.</summary>
    public async Task KillWorkerAsync() => await (await WorkerAsync()).KillAsync();

    /// <summary>How long processors have worked for the worker since its start.</summary>
    public async Task<TimeSpan> ProcessorTimeAsync() => (await WorkerAsync()).ProcessorTime;

    /// <summary>Ends everything at once, the worker first: nothing is settled, no position is stored.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        if (current.Task.IsCompletedSuccessfully)
        {
            await current.Task.Result.DisposeAsync();
        }

        await supervising;
        foreach (var trigger in triggers)
        {
            await trigger.DisposeAsync();
        }

        await app.DisposeAsync();
        http.Dispose();
        stopping.Dispose();
    }

    /// <summary>The worker that runs now, or as soon as there is one: invocations wait for it (WorkerFunctionInvoker in github.com/Azure/azure-functions-host).</summary>
    internal async Task<WorkerProcess> WorkerAsync()
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            var worker = await current.Task.WaitAsync(WorkerPatience);
            if (!worker.IsGone || watch.Elapsed > WorkerPatience)
            {
                return worker;
            }

            await Task.Delay(Pause, stopping.Token);
        }
    }

    /// <summary>Runs a function.</summary>
    /// <exception cref="FunctionFailedException">It threw.</exception>
    /// <exception cref="IOException">The worker died meanwhile.</exception>
    internal async Task InvokeAsync(Function function, TypedData data, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var response = await (await WorkerAsync()).InvokeAsync(Invocation(function, data, metadata));
        if (response.Result.Status != StatusResult.Types.Status.Success)
        {
            options.Log($"{function.Name} failed: {response.Result.Exception?.Message}");
            throw new FunctionFailedException(function.Name, response.Result.Exception?.Message);
        }
    }

    /// <summary>A request to run a function; text that is JSON is passed as such.</summary>
    internal static InvocationRequest Invocation(Function function, TypedData data, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Metadata.FunctionId,
            InputData = { new ParameterBinding { Name = function.Parameter, Data = data } },
            TraceContext = new RpcTraceContext { TraceParent = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01" },
            RetryContext = new RetryContext(),
        };
        foreach (var (name, value) in metadata)
        {
            request.TriggerMetadata[name] = new TypedData { String = value };
        }

        return request;
    }

    /// <summary>Messages of SDKs go on for pages.</summary>
    private static Action<string> FirstLine(Action<string> log) => message => log(message.Split('\n')[0]);

    /// <summary>A host that knows no functions yet says so, as the real one does.</summary>
    private Task AnswerWhileStartingAsync(HttpContext context, RequestDelegate next)
    {
        if (http.Endpoints.Count > 0 || HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private async Task SuperviseAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var worker = await WorkerProcess.StartAsync(options.Folder, options.Settings, streams, new Uri(Addresses[1]), options.Log);
                http.Serve(worker.Functions);
                current.TrySetResult(worker);
                if (triggers.Count == 0)
                {
                    triggers = [.. await StartTriggersAsync(worker.Functions)];
                }

                await worker.Exited.WaitAsync(stopping.Token);
                current = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await worker.DisposeAsync();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                options.Log($"The worker does not start: {exception.Message}");
                current.TrySetException(exception);
                return;
            }
        }
    }

    private async Task<IAsyncDisposable[]> StartTriggersAsync(IReadOnlyList<Function> functions) =>
    [
        await QueueTriggers.StartAsync(this, functions, options, stopping.Token),
        new ChangeFeedTriggers(this, functions, options, stopping.Token),
        new TimerTriggers(this, functions, options.TimerPeriod, stopping.Token),
    ];
}

/// <summary>A function threw.</summary>
public sealed class FunctionFailedException(string function, string? message) : Exception($"{function}: {message}");
