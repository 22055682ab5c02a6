using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessSocial.Feeds;
using ServerlessSocial.Graph;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Hosts.Adapters.OpenAi;
using ServerlessSocial.Moderation;
using ServerlessSocial.Plans;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>What the gallery of azd templates asks of a repository, and what a reader of the READMEs may rely on.</summary>
public sealed partial class GalleryTests
{
    private static readonly string[] Pages = ["README.md", "infra/README.md", "functions/README.md", "functions/decisions.md", "functions/clients.md", "functions/problems.md", "tests/README.md"];

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

    [Theory]
    [InlineData("Feeds", typeof(FeedOptions))]
    [InlineData("Graph", typeof(GraphOptions))]
    [InlineData("Tallies", typeof(TallyOptions))]
    [InlineData("Tags", typeof(TagOptions))]
    [InlineData(ModerationOptions.Section, typeof(ModerationOptions))]
    [InlineData(WaitingOptions.Section, typeof(WaitingOptions))]
    [InlineData(RetryOptions.Section, typeof(RetryOptions))]
    [InlineData("Recent", typeof(RecentOptions))]
    [InlineData(PlanOptions.Section, typeof(PlanOptions))]
    [InlineData(ModelOptions.Section, typeof(ModelOptions))]
    [InlineData(OpenAiOptions.Section, typeof(OpenAiOptions))]
    [InlineData(CosmosOptions.Section, typeof(CosmosOptions), nameof(CosmosOptions.Database))]
    public void Every_setting_is_explained_where_developers_look_and_none_that_is_not_there(string section, Type options, params string[] leftToDeployments)
    {
        var readme = Repository.Read("functions/README.md");
        var explained = Setting().Matches(readme[readme.IndexOf("\n## Settings\n", StringComparison.Ordinal)..])
            .Where(match => match.Groups["section"].Value == section)
            .Select(match => match.Groups["name"].Value)
            .Distinct();
        var settable = options.GetProperties()
            .Where(property => property.CanWrite || property.PropertyType.IsAssignableTo(typeof(System.Collections.IDictionary)))
            .Select(property => property.Name)
            .Except(leftToDeployments);

        Assert.Equal(settable.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
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
                Assert.True(link.Split('#') is not [_, var place] || Heading().Matches(Repository.Read(path)).Any(heading => Anchor(heading) == place), $"{page} links to {link}");
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

    /// <summary>What GitHub calls a heading in addresses: in lower case, without punctuation, with dashes for blanks.</summary>
    private static string Anchor(Match heading) =>
        string.Concat(heading.Groups["title"].Value.Select(c => c == ' ' ? '-' : char.ToLowerInvariant(c)).Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    [GeneratedRegex(@"`(?<section>\w+):(?<name>\w+)")]
    private static partial Regex Setting();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"""value"": ""\$\{(?<name>\w+)\}""")]
    private static partial Regex Variable();

    [GeneratedRegex(@"""(?<name>\w+)"": \{ ""value"": [^""]")]
    private static partial Regex ParameterKey();

    [GeneratedRegex(@"\]\((?<target>(?!https?:)[^)\s#][^)\s]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"AccountKey=|SharedAccessKey=(?!SAS_KEY_VALUE)|-----BEGIN|secrets\.[A-Z]|[A-Za-z0-9+/]{60,}={0,2}")]
    private static partial Regex Secret();
}
