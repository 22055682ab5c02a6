using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>Parameters reach Bicep from azd's environment and from the pipeline's variables, and only those that are set.</summary>
public sealed partial class DeployWorkflowTests
{
    private const string Workflow = ".github/workflows/azure-dev.yml";

    [Fact]
    public void Every_parameter_of_the_template_is_one_of_an_environment()
    {
        var parameters = JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject();
        var declared = Parameter().Matches(Repository.Read("infra/main.bicep")).Select(match => match.Groups["name"].Value);

        Assert.Equal(declared.Order(), parameters.Select(parameter => parameter.Key).Order());
    }

    [Fact]
    public void Every_variable_of_an_environment_is_handed_to_the_pipeline_by_azd()
    {
        var variables = Variable().Matches(Repository.Read("infra/main.parameters.json")).Select(match => match.Groups["name"].Value);
        var azd = Repository.Read("azure.yaml");

        Assert.All(variables.Except(["AZURE_ENV_NAME", "AZURE_LOCATION"]), name => Assert.Contains($"- {name}\n", azd));
    }

    [ToolFact("bash", "jq")]
    public async Task A_variable_that_is_not_set_does_not_override_a_default()
    {
        // What GitHub gives: set variables alone, among them one that was emptied.
        var environment = await ExportAsync("""{ "AZURE_LOCATION": "swedencentral", "AZURE_CHAT_MODEL": "", "AZURE_ALLOWED_ORIGINS": "https://a.example,\nhttps://b.example", "OTHER": "x" }""");

        Assert.Equal("AZURE_LOCATION<<VALUE\nswedencentral\nVALUE\nAZURE_ALLOWED_ORIGINS<<VALUE\nhttps://a.example,\nhttps://b.example\nVALUE\n", environment);
        Assert.Equal(["AZURE_CLIENT_ID", "AZURE_ENV_NAME", "AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID"], Used().Matches(Repository.Read(Workflow)).Select(match => match.Groups["name"].Value).Distinct().Order());
    }

    [Fact]
    public void The_check_before_a_deployment_runs_from_where_azd_looks_for_it()
    {
        var azd = Repository.Read("azure.yaml");

        Assert.Equal(2, Regex.Count(azd, "run: dotnet run --project infra/preflight\n"));
        Assert.Contains("preprovision:\n", azd);
        Assert.Single(Repository.Files("infra/preflight", "*.csproj"));
    }

    private static async Task<string> ExportAsync(string variables)
    {
        var script = Regex.Match(Repository.Read(Workflow), @"name: Parameters that are set\n\s+run: \|\n(?<script>(?: {10}[^\n]*\n)+)").Groups["script"].Value;
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("bash", ["-ec", script]) { UseShellExecute = false, RedirectStandardError = true };
            start.Environment["VARIABLES"] = variables;
            start.Environment["GITHUB_ENV"] = file;
            using var process = Process.Start(start)!;
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, errors);
            return await File.ReadAllTextAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"^param (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\$\{(?<name>\w+)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"vars\.(?<name>\w+)")]
    private static partial Regex Used();
}
