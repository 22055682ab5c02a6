using System.Diagnostics;
using System.Reflection;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>A test that runs the Bicep compiler. It comes as a package for 64-bit Linux; elsewhere the test is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = BicepCompiler.Path is null ? "The Bicep compiler's package is restored on 64-bit Linux alone." : null;
}

/// <summary>Runs the Bicep compiler, which needs no network.</summary>
internal static class BicepCompiler
{
    /// <summary>Where it is; null where there is none.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code, and everything it said.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path!, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string? Find()
    {
        var path = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(data => data.Key == "BicepCompiler")?.Value;
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return null;
        }

        // Packages carry no permissions.
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return path;
    }
}
