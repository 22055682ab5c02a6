using System.Diagnostics;
using System.Text.Json.Nodes;
using ServerlessSocial.ContractTests.FunctionsHost.Protocol;

namespace ServerlessSocial.ContractTests.FunctionsHost;

/// <summary>A published worker that runs: started as the Functions host starts it, and introduced.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>What the Functions host gives an app to start.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly WorkerChannel channel;

    private WorkerProcess(Process process, WorkerChannel channel)
    {
        this.process = process;
        this.channel = channel;
        Exited = process.WaitForExitAsync();
    }

    /// <summary>Completes when the process has ended.</summary>
    public Task Exited { get; }

    /// <summary>Whether it takes no invocations any more, though its process may still be ending.</summary>
    public bool IsGone => channel.IsGone || Exited.IsCompleted;

    /// <summary>How long processors have worked for it.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>What it offers.</summary>
    public IReadOnlyList<Function> Functions { get; private set; } = [];

    /// <summary>Where it takes HTTP requests.</summary>
    public string HttpAddress { get; private set; } = string.Empty;

    /// <summary>Starts a worker and waits until its functions are loaded.</summary>
    /// <param name="folder">Where the app is published.</param>
    /// <param name="settings">App settings.</param>
    /// <param name="streams">Where its stream will come in.</param>
    /// <param name="rpc">Address of the gRPC service.</param>
    /// <param name="log">Receives what it says.</param>
    public static async Task<WorkerProcess> StartAsync(
        string folder, IReadOnlyDictionary<string, string> settings, WorkerStreams streams, Uri rpc, Action<string> log)
    {
        var id = Guid.NewGuid().ToString();
        var stream = streams.Expect(id);
        stream.Log = log;
        var worker = new WorkerProcess(Start(folder, settings, id, rpc, log), stream);
        _ = worker.Exited.ContinueWith(_ => stream.End(), TaskScheduler.Default);
        try
        {
            await worker.IntroduceAsync(folder).WaitAsync(StartLimit);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a function.</summary>
    /// <exception cref="IOException">The worker went before it was done.</exception>
    public Task<InvocationResponse> InvokeAsync(InvocationRequest request) => channel.InvokeAsync(request);

    /// <summary>Tells it that nobody waits for an invocation any more.</summary>
    public void Cancel(string invocationId) => channel.Send(new StreamingMessage { InvocationCancel = new() { InvocationId = invocationId } });

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await Exited;
        channel.End();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private static Process Start(string folder, IReadOnlyDictionary<string, string> settings, string id, Uri rpc, Action<string> log)
    {
        var description = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "worker.config.json")))!["description"]!;
        var start = new ProcessStartInfo(((string)description["defaultExecutablePath"]!).Replace("{WorkerRoot}", folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            Path.Combine(folder, (string)description["defaultWorkerPath"]!),
            "--host", rpc.Host, "--port", $"{rpc.Port}", "--workerId", id, "--requestId", id, "--grpcMaxMessageLength", $"{int.MaxValue}",
            "--functions-uri", $"{rpc}", "--functions-worker-id", id, "--functions-request-id", id, "--functions-grpc-max-message-length", $"{int.MaxValue}",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = folder;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        var started = Process.Start(start)!;
        started.OutputDataReceived += (_, line) => Say(line.Data);
        started.ErrorDataReceived += (_, line) => Say(line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;

        void Say(string? line)
        {
            if (line is not null)
            {
                log(line);
            }
        }
    }

    private static void Succeed(string what, StatusResult result)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new InvalidOperationException($"{what}: {result.Exception?.Message}");
        }
    }

    private async Task IntroduceAsync(string folder)
    {
        await Task.WhenAny(channel.Connected.Task, Exited);
        var hello = new WorkerInitRequest { HostVersion = "4.1000.0", WorkerDirectory = folder, FunctionAppDirectory = folder };
        foreach (var capability in (string[])["RpcHttpBodyOnly", "V2Compatable", "MultiStream"])
        {
            hello.Capabilities[capability] = "true";
        }

        var me = (await channel.AskAsync(new() { WorkerInitRequest = hello })).WorkerInitResponse;
        Succeed("The worker does not start", me.Result);
        HttpAddress = me.Capabilities["HttpUri"];
        var metadata = (await channel.AskAsync(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = folder } })).FunctionMetadataResponse;
        Succeed("The worker does not name its functions", metadata.Result);
        Functions = [.. metadata.FunctionMetadataResults.Select(function => new Function(function))];
        foreach (var function in Functions)
        {
            Succeed(function.Name, (await channel.AskAsync(new() { FunctionLoadRequest = function.ToLoad() })).FunctionLoadResponse.Result);
        }
    }
}
