using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessSocial.ContractTests.Running;

/// <summary>A server that others wrote, installed by npm from the lock file and running on a free port while its suites run.</summary>
internal sealed partial class NodeServer : IAsyncDisposable
{
    /// <summary>Why suites that need Node.js are not run.</summary>
    public const string Missing = "Node.js with npm is not installed; it runs the server that this suite speaks to.";

    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private static readonly string Folder = typeof(NodeServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "ServersFolder").Value!;

    private readonly Process process;

    private NodeServer(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>Whether Node.js and npm are on the path.</summary>
    public static bool IsInstalled { get; } = Find("node") is not null && Find("npm") is not null;

    /// <summary>Where the server listens.</summary>
    public Uri Address { get; }

    /// <summary>Installs the servers if that was not done yet, and starts one.</summary>
    /// <param name="name">Which one, as <c>start.js</c> knows it.</param>
    public static async Task<NodeServer> StartAsync(string name)
    {
        await InstallAsync();
        var node = Start("node", "start.js", name);
        var output = new StringBuilder();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        node.EnableRaisingEvents = true;
        node.OutputDataReceived += (_, line) => Listen(line.Data);
        node.ErrorDataReceived += (_, line) => Listen(line.Data);
        node.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"The server '{name}' ended: {Text(output)}"));
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();
        try
        {
            return new(node, await address.Task.WaitAsync(StartTimeout));
        }
        catch
        {
            await StopAsync(node);
            throw;
        }

        void Listen(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (output)
            {
                output.AppendLine(line);
            }

            if (Listening().Match(line) is { Success: true } match)
            {
                address.TrySetResult(new Uri(match.Value));
            }
        }
    }

    /// <summary>Installs the tools if that was not done yet, and runs one of them to its end.</summary>
    /// <param name="script">The tool's script, below the folder of the servers.</param>
    /// <param name="arguments">What to tell it.</param>
    /// <returns>Its exit code, and what it printed.</returns>
    public static async Task<(int Status, string Output)> RunAsync(string script, params string[] arguments)
    {
        await InstallAsync();
        using var tool = Start("node", [script, .. arguments]);
        tool.StandardInput.Close();
        var output = Task.WhenAll(tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        await tool.WaitForExitAsync().WaitAsync(StartTimeout);
        return (tool.ExitCode, string.Concat(await output));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(StopAsync(process));

    /// <summary>Once per lock file, whatever number of processes asks for it at the same time.</summary>
    private static async Task InstallAsync()
    {
        if (!IsInstalled)
        {
            throw new InvalidOperationException(Missing);
        }

        using var turn = await TakeTurnAsync();
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        var stamp = Path.Combine(Folder, "node_modules", ".installed");
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return;
        }

        using var npm = Start("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error");
        npm.StandardInput.Close();
        var output = Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        try
        {
            await npm.WaitForExitAsync().WaitAsync(InstallTimeout);
        }
        catch (TimeoutException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }

        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm could not install the servers: {string.Concat(await output)}");
        }

        await File.WriteAllTextAsync(stamp, wanted);
    }

    /// <summary>Processes take turns by a file that one of them holds open.</summary>
    private static async Task<FileStream> TakeTurnAsync()
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Folder, ".installing"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                await Task.Delay(200);
            }
        }
    }

    private static Process Start(string tool, params string[] arguments) => Process.Start(new ProcessStartInfo(Find(tool)!, arguments)
    {
        WorkingDirectory = Folder,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task StopAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string? Find(string tool)
    {
        string[] names = OperatingSystem.IsWindows() ? [$"{tool}.exe", $"{tool}.cmd"] : [tool];
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(_ => names, Path.Combine)
            .FirstOrDefault(File.Exists);
    }

    private static string Text(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }

    [GeneratedRegex(@"https?://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
