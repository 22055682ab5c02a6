using System.Runtime.CompilerServices;
using ServerlessSocial.ContractTests.Running;

namespace ServerlessSocial.ContractTests.OpenApi;

/// <summary>The OpenAPI document under the linter Spectral: the kept one, which another test holds equal to the one served.</summary>
[NeedsNode]
public sealed class LintTests
{
    [ContractFact]
    public async Task The_document_passes_without_errors_warnings_or_hints()
    {
        var (status, output) = await NodeServer.RunAsync("node_modules/.bin/spectral", "lint", "--fail-severity=hint", "--ruleset=openapi-rules.yaml", Document());

        Assert.True(status == 0, output);
        Assert.Contains("No results", output, StringComparison.Ordinal);
    }

    private static string Document([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../functions/Hosts/Azure/openapi.json"));
}
