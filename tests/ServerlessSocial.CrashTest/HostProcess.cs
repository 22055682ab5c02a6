using System.Diagnostics;
using System.Text.RegularExpressions;
using ServerlessSocial.Hosts.Local;

namespace ServerlessSocial.CrashTest;

/// <summary>The local host as a separate process that can be killed without warning and started again on the same data and port.</summary>
public sealed partial class HostProcess(string dataDirectory, IReadOnlyList<string>? settings = null) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private Process? process;
    private int port;

    /// <summary>Address of the API, with the <c>/api/</c> prefix.</summary>
    public Uri Address => new($"http://localhost:{port}/api/");

    /// <summary>The operating system's id of the running process.</summary>
    public int ProcessId => process!.Id;

    /// <summary>Starts the host and waits until it listens.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[typeof(LocalHost).Assembly.Location, "--port", $"{port}", "--data", dataDirectory, .. settings ?? []])
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(StartLimit);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (ApiLine().Match(line) is { Success: true } match)
            {
                port = int.Parse(match.Groups["port"].Value, null);
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException($"The host did not start: {await errors}");
    }

    /// <summary>Kills the process as <c>kill -9</c> does: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }
    }

    [GeneratedRegex(@"API\s+http://localhost:(?<port>\d+)/api")]
    private static partial Regex ApiLine();
}
