using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Hosts.Local;

namespace ServerlessSocial.ContractTests.OpenApi;

/// <summary>A client that a generator of others (openapi-typescript) makes from the kept document compiles under the strictest rules, and makes the first walk of the README.</summary>
[NeedsNode]
public sealed class GeneratedClientTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("generated-client-").FullName;

    [ContractFact]
    public async Task A_generated_client_compiles_and_makes_the_first_walk()
    {
        var generated = await NodeServer.RunAsync("node_modules/openapi-typescript/bin/cli.js", Document(), "--output", "client/generated/schema.d.ts");
        Assert.True(generated.Status == 0, generated.Output);
        var compiled = await NodeServer.RunAsync("node_modules/typescript/bin/tsc", "--project", "client");
        Assert.True(compiled.Status == 0, compiled.Output);

        await using var host = await LocalHost.BuildAsync(LocalHostOptions.Parse(["--port", "0", "--data", directory]), builder => builder.Logging.ClearProviders());
        await host.StartAsync();
        var walked = await NodeServer.RunAsync("client/generated/first-walk.mjs", host.Urls.First());
        await host.StopAsync();

        Assert.True(walked.Status == 0, walked.Output);
        Assert.Contains("Anna: You follow Anna.", walked.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static string Document([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../functions/Hosts/Azure/openapi.json"));
}
