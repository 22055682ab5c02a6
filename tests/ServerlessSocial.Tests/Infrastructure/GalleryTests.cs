using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>What the gallery of azd templates asks of a repository, and what a reader of the READMEs may rely on.</summary>
public sealed partial class GalleryTests
{
    private static readonly string[] Pages = ["README.md", "infra/README.md", "functions/README.md", "functions/decisions.md", "tests/README.md"];

    [Theory]
    [InlineData("LICENSE")]
    [InlineData("azure.yaml")]
    [InlineData(".github/SECURITY.md")]
    [InlineData(".github/CONTRIBUTING.md")]
    [InlineData(".github/CODE_OF_CONDUCT.md")]
    [InlineData(".github/PULL_REQUEST_TEMPLATE.md")]
    [InlineData(".github/ISSUE_TEMPLATE/bug.md")]
    [InlineData(".github/workflows/azure-dev.yml")]
    [InlineData(".devcontainer/devcontainer.json")]
    public void A_template_has(string path) => Assert.NotEqual("", Repository.Read(path).Trim());

    [Theory]
    [InlineData("Features")]
    [InlineData("Getting Started")]
    [InlineData("Guidance")]
    [InlineData("Important Security Notice")]
    [InlineData("Resources")]
    public void The_README_has_the_section(string title) => Assert.Contains($"\n## {title}\n", Repository.Read("README.md"));

    [Fact]
    public void The_guidance_tells_costs_regions_and_models()
    {
        var readme = Repository.Read("README.md");
        var guidance = readme[readme.IndexOf("\n## Guidance\n", StringComparison.Ordinal)..];
        var bicep = Repository.Read("infra/main.bicep");

        Assert.Contains("**Costs.**", guidance);
        Assert.All(
            Preflight.Requirements.Read(new Dictionary<string, string>(), bicep).Models.Select(model => model.Name)
                .Concat(Preflight.Requirements.Read(new Dictionary<string, string>(), bicep).Regions),
            name => Assert.Contains($"`{name}`", guidance));
    }

    [Fact]
    public void The_dev_container_has_what_the_commands_need()
    {
        using var container = JsonDocument.Parse(Repository.Read(".devcontainer/devcontainer.json"));
        var features = container.RootElement.GetProperty("features").EnumerateObject().Select(feature => feature.Name).ToList();

        Assert.Contains("dotnet:1-10.0", container.RootElement.GetProperty("image").GetString());
        Assert.Contains(features, name => name.EndsWith("/azd:latest", StringComparison.Ordinal));
        Assert.Contains(features, name => name.Contains("/node:", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_parameter_of_a_deployment_is_explained_where_operators_look()
    {
        var readme = Repository.Read("infra/README.md");
        var variables = Variable().Matches(Repository.Read("infra/main.parameters.json")).Select(match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(variables);
        Assert.All(variables, name => Assert.Contains($"| `{name}` |", readme));
        Assert.All(
            ParameterKey().Matches(Repository.Read("infra/main.parameters.json")).Select(match => match.Groups["name"].Value),
            name => Assert.Contains($"| `{name}` in `main.parameters.json` |", readme));
    }

    [Fact]
    public void Links_between_the_pages_lead_somewhere()
    {
        foreach (var page in Pages.Concat(Repository.Files(".github", "*.md")))
        {
            var text = Repository.Read(page);
            Assert.NotEqual("", text);
            foreach (var link in Link().Matches(text).Select(match => match.Groups["target"].Value))
            {
                var path = Path.Combine(Path.GetDirectoryName(page)!, link.Split('#')[0]);
                Assert.True(File.Exists(Repository.PathOf(path)) || Directory.Exists(Repository.PathOf(path)), $"{page} links to {link}");
            }
        }
    }

    [Fact]
    public void No_file_of_a_deployment_holds_a_secret()
    {
        var files = Repository.Files("infra", "*").Concat(Repository.Files(".github", "*")).Concat(Repository.Files(".devcontainer", "*"))
            .Append("azure.yaml")
            .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/") && !path.StartsWith("infra/emulators/", StringComparison.Ordinal));

        Assert.All(files, path => Assert.DoesNotMatch(Secret(), Repository.Read(path)));
    }

    [GeneratedRegex(@"""value"": ""\$\{(?<name>\w+)\}""")]
    private static partial Regex Variable();

    [GeneratedRegex(@"""(?<name>\w+)"": \{ ""value"": [^""]")]
    private static partial Regex ParameterKey();

    [GeneratedRegex(@"\]\((?<target>(?!https?:)[^)\s#][^)\s]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"AccountKey=|SharedAccessKey=(?!SAS_KEY_VALUE)|-----BEGIN|secrets\.[A-Z]|[A-Za-z0-9+/]{60,}={0,2}")]
    private static partial Regex Secret();
}
