using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessSocial.Preflight;

/// <summary>A model the deployment takes.</summary>
/// <param name="Variable">Beginning of its azd variables, such as <c>AZURE_CHAT_MODEL</c>.</param>
/// <param name="Capability">What the catalog calls what it is for.</param>
/// <param name="Name">Name.</param>
/// <param name="Version">Version.</param>
/// <param name="Capacity">Capacity, in the units of the model's quota.</param>
internal sealed record WantedModel(string Variable, string Capability, string Name, string Version, int Capacity);

/// <summary>What a deployment takes: variables of the azd environment, else the defaults of <c>main.bicep</c>.</summary>
internal sealed partial record Requirements
{
    /// <summary>Whether the check is left out.</summary>
    public required bool SwitchedOff { get; init; }

    /// <summary>Subscription id; empty takes the one the Azure CLI is set to.</summary>
    public required string Subscription { get; init; }

    /// <summary>Region; empty when none is chosen yet.</summary>
    public required string Region { get; init; }

    /// <summary>Regions the template offers.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>Sort of model deployment.</summary>
    public required string Sku { get; init; }

    /// <summary>The models.</summary>
    public required IReadOnlyList<WantedModel> Models { get; init; }

    /// <summary>Whether the plan spreads over availability zones.</summary>
    public required bool ZoneRedundant { get; init; }

    /// <summary>Whether instances enter a virtual network.</summary>
    public required bool PrivateNetworking { get; init; }

    /// <summary>Resource group of an earlier deployment; empty without one.</summary>
    public required string ResourceGroup { get; init; }

    /// <summary>Name of the model account of an earlier deployment; empty without one.</summary>
    public required string Account { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="environment">Environment variables.</param>
    /// <param name="bicep">Text of <c>main.bicep</c>.</param>
    public static Requirements Read(IReadOnlyDictionary<string, string> environment, string bicep)
    {
        var defaults = Default().Matches(bicep).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim('\''));
        string Value(string variable) => environment.GetValueOrDefault(variable, "").Trim();
        string Or(string variable, string parameter) => Value(variable) is { Length: > 0 } value ? value : defaults[parameter];
        WantedModel Model(string variable, string parameter, string capability) => new(
            variable, capability, Or(variable, parameter), Or($"{variable}_VERSION", $"{parameter}Version"),
            int.Parse(Or($"{variable}_CAPACITY", $"{parameter}Capacity"), CultureInfo.InvariantCulture));

        return new()
        {
            SwitchedOff = Value("AZURE_PREFLIGHT").Equals("off", StringComparison.OrdinalIgnoreCase),
            Subscription = Value("AZURE_SUBSCRIPTION_ID"),
            Region = Value("AZURE_LOCATION"),
            Regions = [.. Quoted().Matches(OfferedRegions().Match(bicep).Groups["list"].Value).Select(match => match.Groups["value"].Value)],
            Sku = Or("AZURE_MODEL_SKU", "modelSku"),
            Models =
            [
                Model("AZURE_CHAT_MODEL", "chatModel", "chatCompletion"),
                Model("AZURE_IMAGE_MODEL", "imageModel", "imageGenerations"),
                Model("AZURE_EMBEDDING_MODEL", "embeddingModel", "embeddings"),
            ],
            ZoneRedundant = Value("AZURE_ZONE_REDUNDANT").Equals("true", StringComparison.OrdinalIgnoreCase),
            PrivateNetworking = Value("AZURE_PRIVATE_NETWORKING").Equals("true", StringComparison.OrdinalIgnoreCase),
            ResourceGroup = Value("AZURE_RESOURCE_GROUP"),
            Account = Uri.TryCreate(Value("AZURE_OPENAI_ENDPOINT"), UriKind.Absolute, out var endpoint) ? endpoint.Host.Split('.')[0] : "",
        };
    }

    [GeneratedRegex(@"^param (?<name>\w+) (?:string|int) = (?<value>'[^'\n]*'|\d+)\s*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Default();

    [GeneratedRegex(@"@allowed\(\[(?<list>[^\]]*)\]\)\s*@metadata\(\{ azd: \{ type: 'location' \} \}\)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OfferedRegions();

    [GeneratedRegex("'(?<value>[^']+)'", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Quoted();
}
