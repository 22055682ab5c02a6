using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessSocial.ContractTests.FunctionsHost.Protocol;

namespace ServerlessSocial.ContractTests.FunctionsHost;

/// <summary>A function as the worker announces it.</summary>
internal sealed class Function
{
    /// <summary>Reads what the worker says.</summary>
    public Function(RpcFunctionMetadata metadata)
    {
        Metadata = metadata;
        Trigger = metadata.RawBindings.Select(binding => JsonNode.Parse(binding)!.AsObject())
            .Single(binding => ((string)binding["type"]!).EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Everything the worker says of it.</summary>
    public RpcFunctionMetadata Metadata { get; }

    /// <summary>Its trigger's binding.</summary>
    public JsonObject Trigger { get; }

    /// <summary>Its name.</summary>
    public string Name => Metadata.Name;

    /// <summary>What calls it, such as <c>httpTrigger</c>.</summary>
    public string TriggerType => (string)Trigger["type"]!;

    /// <summary>Name of the parameter that receives what triggered it.</summary>
    public string Parameter => (string)Trigger["name"]!;

    /// <summary>A setting of the trigger.</summary>
    public string Setting(string name) => (string?)Trigger[name] ?? throw new InvalidOperationException($"The trigger of {Name} has no {name}.");

    /// <summary>Asks the worker to load it. As the real host does, bindings' own properties go along.</summary>
    public FunctionLoadRequest ToLoad()
    {
        var metadata = Metadata.Clone();
        foreach (var binding in metadata.RawBindings.Select(binding => JsonNode.Parse(binding)!.AsObject()))
        {
            if (binding["properties"] is JsonObject properties && metadata.Bindings.TryGetValue((string)binding["name"]!, out var known))
            {
                foreach (var (name, value) in properties)
                {
                    known.Properties[name] = value?.GetValueKind() == JsonValueKind.String ? (string)value! : value?.ToJsonString() ?? string.Empty;
                }
            }
        }

        return new FunctionLoadRequest { FunctionId = metadata.FunctionId, Metadata = metadata };
    }
}
