using System.Diagnostics;
using System.Text.Json;

namespace ServerlessSocial.ContractTests.Running;

/// <summary>Needs exiftool (Debian's libimage-exiftool-perl); in a pipeline, too, it is used only where it is.</summary>
public sealed class NeedsExifToolAttribute : NeedsAttribute
{
    private const string Missing = "exiftool is not installed; it reads what files say of themselves.";

    private static readonly bool IsInstalled = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "exiftool")) || File.Exists(Path.Combine(folder, "exiftool.exe")));

    /// <inheritdoc/>
    public override string? Lacking(string test) => IsInstalled ? null : Missing;

    /// <summary>All that it finds in a file, by group and name.</summary>
    public static async Task<JsonElement> ReadAsync(string file)
    {
        using var tool = Process.Start(new ProcessStartInfo("exiftool", ["-json", "-G", "-a", "-JUMBF:all", "-all", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        return JsonSerializer.Deserialize<JsonElement>(output)[0];
    }
}
