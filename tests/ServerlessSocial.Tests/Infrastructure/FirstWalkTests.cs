using System.Diagnostics;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>What the README promises to a newcomer, run as it stands.</summary>
public sealed class FirstWalkTests
{
    private const string Address = "http://localhost:7071";

    [ToolFact("bash", "curl", "sed", "grep")]
    public async Task The_first_walk_of_the_README_ends_with_the_post_in_the_feed()
    {
        await using var host = await TestHost.StartAsync();
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var section = readme[readme.IndexOf("### A first walk", StringComparison.Ordinal)..];
        var script = section.Split("```sh\n", 2)[1].Split("```", 2)[0];
        Assert.Contains(Address, script, StringComparison.Ordinal);

        // The port alone is another one, because tests run side by side.
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script.Replace(Address, $"http://localhost:{host.Root.Port}", StringComparison.Ordinal)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"{await output}\n{await error}");
        Assert.Matches(@"""text"":""Good evening from the coast! #ocean"".*""source"":""generated"".*You follow Anna", await output);
    }
}
