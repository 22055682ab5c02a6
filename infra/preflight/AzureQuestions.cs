using System.Text.Json;

namespace ServerlessSocial.Preflight;

/// <summary>A model of the catalog, in one version and one sort of deployment.</summary>
/// <param name="Kind">Kind of account that may deploy it.</param>
/// <param name="Name">Name.</param>
/// <param name="Version">Version.</param>
/// <param name="Sku">Sort of deployment.</param>
/// <param name="QuotaName">Name of its quota.</param>
/// <param name="Deprecated">Whether new deployments are refused.</param>
/// <param name="Capabilities">What it is for.</param>
internal sealed record OfferedModel(
    string Kind, string Name, string Version, string Sku, string QuotaName, bool Deprecated, IReadOnlySet<string> Capabilities);

/// <summary>A quota of a subscription in a region.</summary>
/// <param name="Limit">All of it.</param>
/// <param name="Used">What is taken.</param>
internal sealed record Quota(double Limit, double Used);

/// <summary>A model that stands in the account of an earlier deployment, and keeps its quota.</summary>
/// <param name="Name">Name.</param>
/// <param name="Version">Version.</param>
/// <param name="Capacity">Capacity.</param>
internal sealed record DeployedModel(string Name, string Version, double Capacity);

/// <summary>The questions the check asks the Azure CLI.</summary>
/// <param name="cli">The CLI.</param>
/// <param name="subscription">Subscription; empty takes the CLI's own.</param>
internal sealed class AzureQuestions(AzureCli cli, string subscription)
{
    /// <summary>Whether somebody is signed in who sees the subscription.</summary>
    public async Task<bool> SignedInAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(["account", "show"], cancellationToken);
            return true;
        }
        catch (AzureCliException)
        {
            return false;
        }
    }

    /// <summary>Regions that have the Flex Consumption plan, without spaces and in lower case.</summary>
    public async Task<IReadOnlySet<string>> FlexRegionsAsync(bool zoneRedundant, CancellationToken cancellationToken)
    {
        var regions = await cli.AskAsync(
            ["functionapp", "list-flexconsumption-locations", .. zoneRedundant ? (string[])["--zone-redundant", "true"] : []], cancellationToken);
        return regions.EnumerateArray().Select(region => Normal(Text(region, "name"))).ToHashSet();
    }

    /// <summary>Models a region offers.</summary>
    public async Task<IReadOnlyList<OfferedModel>> ModelsAsync(string region, CancellationToken cancellationToken)
    {
        var catalog = await AskAsync(["cognitiveservices", "model", "list", "--location", region], cancellationToken);
        return
        [
            .. from entry in catalog.EnumerateArray()
               let model = entry.GetProperty("model")
               where Text(model, "format") == "OpenAI" && model.TryGetProperty("skus", out _)
               from sku in model.GetProperty("skus").EnumerateArray()
               select new OfferedModel(
                   Text(entry, "kind"), Text(model, "name"), Text(model, "version"), Text(sku, "name"), Text(sku, "usageName"),
                   Text(model, "lifecycleStatus") is "Deprecated" or "Deprecating", Capabilities(model)),
        ];
    }

    /// <summary>Quotas of the subscription in a region, by name.</summary>
    public async Task<IReadOnlyDictionary<string, Quota>> QuotasAsync(string region, CancellationToken cancellationToken)
    {
        var usages = await AskAsync(["cognitiveservices", "usage", "list", "--location", region], cancellationToken);
        return usages.EnumerateArray()
            .GroupBy(usage => Text(usage.GetProperty("name"), "value"), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                group => group.Key,
                group => new Quota(group.First().GetProperty("limit").GetDouble(), group.First().GetProperty("currentValue").GetDouble()),
                StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What an account of an earlier deployment holds; nothing if it is gone.</summary>
    public async Task<IReadOnlyList<DeployedModel>> DeployedAsync(string resourceGroup, string account, CancellationToken cancellationToken)
    {
        try
        {
            var deployments = await AskAsync(
                ["cognitiveservices", "account", "deployment", "list", "--name", account, "--resource-group", resourceGroup], cancellationToken);
            return
            [
                .. from deployment in deployments.EnumerateArray()
                   let model = deployment.GetProperty("properties").GetProperty("model")
                   select new DeployedModel(Text(model, "name"), Text(model, "version"), deployment.GetProperty("sku").GetProperty("capacity").GetDouble()),
            ];
        }
        catch (AzureCliException)
        {
            // Then all that is wanted counts as new, which asks for more quota, never for less.
            return [];
        }
    }

    /// <summary>Whether a resource provider is registered in the subscription.</summary>
    public async Task<bool> RegisteredAsync(string provider, CancellationToken cancellationToken) =>
        Text(await AskAsync(["provider", "show", "--namespace", provider], cancellationToken), "registrationState") == "Registered";

    /// <summary>A region's name as the portal or the CLI may write it, in the form to compare.</summary>
    public static string Normal(string region) => region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private Task<JsonElement> AskAsync(IEnumerable<string> command, CancellationToken cancellationToken) =>
        cli.AskAsync(subscription.Length == 0 ? command : [.. command, "--subscription", subscription], cancellationToken);

    private static HashSet<string> Capabilities(JsonElement model) =>
        model.TryGetProperty("capabilities", out var all) && all.ValueKind == JsonValueKind.Object
            ? all.EnumerateObject().Where(capability => capability.Value.ToString() == "true").Select(capability => capability.Name).ToHashSet()
            : [];

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
