using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessSocial.Platform.Documents;

/// <summary>How documents and messages are written as JSON, the same in every store.</summary>
public static class DocumentJson
{
    /// <summary>camelCase names and enum values, no nulls, and no escaping beyond what JSON asks for: stored JSON is never part of a page.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = PlainJsonEncoder.Instance,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutPartitionKey } },
            Converters = { new EnumNames(stored: true) },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>The partition key repeats another property; an override without <c>[JsonIgnore]</c> would store it twice.</summary>
    private static void LeaveOutPartitionKey(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(Document)))
        {
            return;
        }

        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i] is { Name: "partitionKey", Set: null })
            {
                type.Properties.RemoveAt(i);
            }
        }
    }
}
