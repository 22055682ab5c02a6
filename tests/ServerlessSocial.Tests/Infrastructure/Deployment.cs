using System.Text.Json.Nodes;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>What <c>main.bicep</c> would create with given parameters: loops and conditions resolved, names as they will be.</summary>
internal sealed class Deployment
{
    private static readonly Lazy<Task<Deployment>> AsGiven = new(() => PlanAsync(""));

    private static readonly Lazy<Task<Deployment>> Whole = new(() => PlanAsync("""
        param privateNetworking = true
        param serviceBusSku = 'Premium'
        param zoneRedundant = true
        param alwaysReadyInstances = 2
        param alwaysReadyPostInstances = 3
        param cosmosMaxThroughput = 4000
        param cosmosContainerThroughput = { posts: 40000 }
        param instanceMemoryMB = 4096
        param monthlyModelBudget = 100
        param budgetStart = '2026-12-01'
        param scaleByQueueLength = true
        param liveChannel = 'Standard_S1'
        param liveChannelUnits = 2
        param alertEmail = 'operator@example.org'
        param allowedOrigins = 'https://app.example, http://localhost:3000'
        param availabilityTestLocations = []
        """));

    private Deployment(JsonNode snapshot)
    {
        Resources = [.. snapshot["predictedResources"]!.AsArray().Select(resource => resource!)];
        Outputs = [.. snapshot["outputs"]!.AsObject().Select(output => output.Key)];
    }

    /// <summary>With the parameters alone that have no default.</summary>
    public static Task<Deployment> Default => AsGiven.Value;

    /// <summary>With everything on that can be.</summary>
    public static Task<Deployment> Everything => Whole.Value;

    public IReadOnlyList<JsonNode> Resources { get; }

    public IReadOnlyList<string> Outputs { get; }

    public IReadOnlyList<JsonNode> Of(string type) => [.. Resources.Where(resource => (string?)resource["type"] == type)];

    public JsonNode One(string type) => Assert.Single(Of(type));

    /// <summary>The one resource of a type whose name ends so.</summary>
    public JsonNode One(string type, string ending) =>
        Assert.Single(Of(type), resource => ((string)resource["name"]!).EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Plans a deployment that must be refused.</summary>
    /// <returns>What the compiler says.</returns>
    public static async Task<string> RefusalAsync(string parameters, string audience = "'social'")
    {
        var (plan, output) = await SnapshotAsync(parameters, audience);
        Assert.True(plan is null, "The deployment was not refused.");
        return output;
    }

    private static async Task<Deployment> PlanAsync(string parameters)
    {
        var (plan, output) = await SnapshotAsync(parameters, "'11111111-2222-3333-4444-555555555555'");
        Assert.True(plan is not null, output);
        Assert.Empty(plan["diagnostics"]!.AsArray());
        return new(plan);
    }

    private static async Task<(JsonNode? Plan, string Output)> SnapshotAsync(string parameters, string audience)
    {
        var folder = Directory.CreateTempSubdirectory("serverless-social-bicep-").FullName;
        try
        {
            var file = Path.Combine(folder, "test.bicepparam");
            await File.WriteAllTextAsync(file, $"""
                using '{Path.GetRelativePath(folder, Repository.PathOf("infra/main.bicep"))}'
                param environmentName = 'test'
                param location = 'swedencentral'
                param identityAudience = {audience}
                {parameters}
                """);
            var (code, output) = await BicepCompiler.RunAsync(
                "snapshot", file, "--mode", "overwrite", "--location", "swedencentral",
                "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002");
            var plan = Path.ChangeExtension(file, ".snapshot.json");
            return (code == 0 ? JsonNode.Parse(await File.ReadAllTextAsync(plan)) : null, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
