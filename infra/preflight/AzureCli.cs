using System.Diagnostics;
using System.Text.Json;

namespace ServerlessSocial.Preflight;

/// <summary>The Azure CLI refused or failed; the message is its own.</summary>
internal sealed class AzureCliException(string message) : Exception(message);

/// <summary>Runs the Azure CLI and reads its JSON.</summary>
/// <param name="path">Where it is.</param>
/// <param name="environment">Environment it runs in.</param>
internal sealed class AzureCli(string path, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Looks for it on the path; null if it is not installed.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> environment) => environment.GetValueOrDefault("PATH", "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "az.cmd" : "az"))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a command and reads its answer.</summary>
    /// <exception cref="AzureCliException">It failed, or did not answer in JSON.</exception>
    public async Task<JsonElement> AskAsync(IEnumerable<string> command, CancellationToken cancellationToken)
    {
        // A .cmd file is run by the command interpreter alone.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", path]) : new ProcessStartInfo(path);
        var asked = command.ToList();
        foreach (var argument in asked.Concat(["--output", "json", "--only-show-errors"]))
        {
            start.ArgumentList.Add(argument);
        }

        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new AzureCliException("The Azure CLI does not start.");
        var answer = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var complaint = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new AzureCliException($"`az {string.Join(' ', asked)}` failed: {(await complaint).Trim()}");
        }

        try
        {
            using var document = JsonDocument.Parse(await answer);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new AzureCliException($"`az {string.Join(' ', asked)}` did not answer in JSON.");
        }
    }
}
