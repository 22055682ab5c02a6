using System.Diagnostics;
using System.Reflection;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>
/// The product as it is deployed: <c>dotnet publish functions</c>, once per test run, or what <c>AZURE_HOST_FOLDER</c> says was published
/// before.
/// </summary>
internal static class PublishedFunctions
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task<string>> Publishing = new(PublishAsync);

    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(
        typeof(PublishedFunctions).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "ServersFolder").Value!, "../../.."));

    /// <summary>The folder it is in.</summary>
    public static Task<string> FolderAsync() => Publishing.Value;

    private static async Task<string> PublishAsync()
    {
        if (Environment.GetEnvironmentVariable("AZURE_HOST_FOLDER") is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        var folder = Path.Combine(AppContext.BaseDirectory, "azure-host");
        List<string> arguments = ["publish", Path.Combine(Repository, "functions"), "-c", "Release", "--output", folder, "--nologo", "-v", "quiet", "-m:1"];
        var packages = Path.GetFullPath(Path.Combine(Repository, "../shared/packages"));
        if (Directory.Exists(packages))
        {
            // Where the package source lacks two packages of the Functions worker.
            arguments.AddRange([$"-p:RestoreAdditionalProjectSources={packages}", "-p:NoWarn=NU1603"]);
        }

        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            // Those of the build that runs these tests.
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var publish = Process.Start(start)!;
        var output = Task.WhenAll(publish.StandardOutput.ReadToEndAsync(), publish.StandardError.ReadToEndAsync());
        await publish.WaitForExitAsync().WaitAsync(Limit);
        return publish.ExitCode == 0 ? folder : throw new InvalidOperationException($"The functions cannot be published: {string.Concat(await output)}");
    }
}
