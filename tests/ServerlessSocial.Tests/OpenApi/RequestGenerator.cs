using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace ServerlessSocial.Tests.OpenApi;

/// <summary>A request to be tried.</summary>
internal sealed record GeneratedRequest(Operation Operation, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, string Caller, string? MediaType, byte[]? Body)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var text = Body is null ? string.Empty : System.Text.Encoding.UTF8.GetString(Body);
        return $"{Operation.Method} {PathAndQuery} as {Caller} {string.Join(' ', Headers)} {MediaType} {(text.Length > 300 ? $"{text[..300]}…({Body!.Length} bytes)" : text)}";
    }
}

/// <summary>Makes requests from the document: mostly of the right shape, often wrong in one place, sometimes hostile all over.</summary>
internal sealed class RequestGenerator(ApiDescription api, IReadOnlyDictionary<string, string[]> known)
{
    private static readonly string[] Hostile =
    [
        "", " ", "'", "\"; DROP TABLE posts; --", "../../etc/passwd", "%00", "\u202e", "🙂👩‍👩‍👧‍👦", "ﷺ", "null", "undefined", "-1", "0", "1e309", "{}", "<script>alert(1)</script>",
        new string('x', 3000), "ä̸̖͎́̀", "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e", "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e", "me", "a:b", "a/b", "#", "?", "\t",
    ];

    /// <summary>Requests for any operation, by any caller.</summary>
    public Gen<GeneratedRequest> Requests() =>
        from operation in Gen.Elements<Operation>(api.Operations)
        from caller in Gen.Elements("anna", "ben", "moderator", "newcomer", "nobody", "forged")
        from path in PathOf(operation)
        from query in All(operation.Parameters("query").Select(parameter => Maybe(parameter.Name, Text(parameter.Name, parameter.Schema))))
        from headers in All(operation.Parameters("header").Select(parameter => Maybe(parameter.Name, HeaderText(parameter.Name))))
        from body in BodyOf(operation)
        select new GeneratedRequest(
            operation,
            path + Query(query.OfType<KeyValuePair<string, string>?>()),
            headers.OfType<KeyValuePair<string, string>?>().ToDictionary(header => header!.Value.Key, header => header!.Value.Value),
            caller,
            body.MediaType,
            body.Bytes);

    private static string Query(IEnumerable<KeyValuePair<string, string>?> parameters)
    {
        var text = string.Join('&', parameters.Select(parameter => $"{parameter!.Value.Key}={Uri.EscapeDataString(parameter.Value.Value)}"));
        return text.Length == 0 ? text : $"?{text}";
    }

    private static Gen<KeyValuePair<string, string>?> Maybe(string name, Gen<string> value) =>
        Gen.Frequency(
            (1, Gen.Constant<KeyValuePair<string, string>?>(null)),
            (2, value.Select(text => (KeyValuePair<string, string>?)new KeyValuePair<string, string>(name, text))));

    private static Gen<T[]> All<T>(IEnumerable<Gen<T>> generators) =>
        generators.Aggregate(Gen.Constant(Array.Empty<T>()), (all, next) => from before in all from one in next select (T[])[.. before, one]);

    private Gen<string> PathOf(Operation operation) =>
        operation.Parameters("path").Aggregate(Gen.Constant(operation.Path), (path, parameter) =>
            from before in path
            from value in Text(parameter.Name, parameter.Schema)
            select before.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value.Length == 0 ? "x" : value), StringComparison.Ordinal));

    private Gen<string> Text(string name, JsonElement schema)
    {
        var choices = new List<(int, Gen<string>)> { (2, Gen.Elements(Hostile)), (1, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get.Replace("\0", "", StringComparison.Ordinal))) };
        if (known.TryGetValue(name, out var values))
        {
            choices.Add((6, Gen.Elements(values)));
        }

        if (schema.TryGetProperty("enum", out var allowed))
        {
            choices.Add((5, Gen.Elements(allowed.EnumerateArray().Select(choice => choice.ToString()).ToArray())));
        }

        return Gen.Frequency(choices);
    }

    /// <summary>Header values that HTTP itself lets through.</summary>
    private static Gen<string> HeaderText(string name) => name == "If-Match"
        ? Gen.Elements("\"1\"", "*", "\"x\"", "W/\"1\"", "garbage", "\"1\", \"2\"")
        : Gen.Frequency((3, Gen.Choose(1, 1_000_000).Select(number => $"key-{number}")), (1, Gen.Elements("key with spaces", "k", new string('k', 300), "key-1")));

    private Gen<(string? MediaType, byte[]? Bytes)> BodyOf(Operation operation)
    {
        var bodies = operation.Bodies().ToList();
        if (bodies.Count == 0)
        {
            return Gen.Constant<(string?, byte[]?)>((null, null));
        }

        var (mediaType, schema) = bodies[0];
        var bytes = mediaType == "application/json"
            ? Gen.Frequency(
                (12, Value(schema, 0).Select(node => System.Text.Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"))),
                (1, Gen.Elements<byte[]>([], "{"u8.ToArray(), "[]"u8.ToArray(), "null"u8.ToArray(), "{\"text\":\"\\ud800\"}"u8.ToArray(), [0xff, 0xfe, 0x00], "{\"text\":1,\"text\":2}"u8.ToArray())),
                (1, Gen.Constant(System.Text.Encoding.UTF8.GetBytes($"{{\"text\":\"{new string('a', 600_000)}\"}}"))))
            : ArbMap.Default.GeneratorFor<byte[]>();
        return from content in bytes
               from type in Gen.Frequency((12, Gen.Constant(mediaType)), (1, Gen.Elements("text/plain", "application/xml", "nonsense")))
               select ((string?)type, (byte[]?)content);
    }

    /// <summary>A value by its schema, or in one of ten cases something else.</summary>
    private Gen<JsonNode?> Value(JsonElement schema, int depth, string? name = null) =>
        Gen.Frequency((9, Fitting(api.Resolve(schema), depth, name)), (1, Anything()));

    private Gen<JsonNode?> Fitting(JsonElement schema, int depth, string? name)
    {
        if (ApiDescription.Alternatives(schema) is { } alternatives)
        {
            return Gen.OneOf(alternatives.Select(alternative => Value(alternative, depth, name)).ToArray());
        }

        var types = schema.TryGetProperty("type", out var type) ? ApiDescription.Types(type).ToList() : ["string"];
        return Gen.OneOf(types.Select(one => OfType(one, schema, depth, name)).ToArray());
    }

    private Gen<JsonNode?> OfType(string type, JsonElement schema, int depth, string? name) => type switch
    {
        "object" when depth < 4 => Object(schema, depth),
        "array" when depth < 4 && schema.TryGetProperty("items", out var items) => Gen.Choose(0, 5).SelectMany(count =>
            All(Enumerable.Repeat(Value(items, depth + 1), count)).Select(values => (JsonNode?)new JsonArray(values))),
        "boolean" => Gen.Elements<JsonNode?>(true, false).Select(node => node?.DeepClone()),
        "integer" => Gen.Choose(-10, 1_000_000).Select(number => (JsonNode?)JsonValue.Create(number)),
        "number" => Gen.Choose(-10, 10).Select(number => (JsonNode?)JsonValue.Create(number / 3.0)),
        "null" => Gen.Constant<JsonNode?>(null),
        _ => Text(name ?? string.Empty, schema).Select(text => (JsonNode?)JsonValue.Create(text)),
    };

    private Gen<JsonNode?> Object(JsonElement schema, int depth)
    {
        var properties = schema.TryGetProperty("properties", out var declared) ? declared.EnumerateObject().ToList() : [];
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [];
        return All(properties.Select(property => Gen.Frequency(
                (required.Contains(property.Name) || property.Name == "text" ? 20 : 1, Value(property.Value, depth + 1, property.Name).Select(value => (property.Name, Value: value, Keep: true))),
                (3, Gen.Constant((property.Name, Value: (JsonNode?)null, Keep: false))))))
            .Select(values => (JsonNode?)new JsonObject(values.Where(value => value.Keep).Select(value => KeyValuePair.Create(value.Name, value.Value?.DeepClone()))));
    }

    private static Gen<JsonNode?> Anything() => Gen.OneOf(
        Gen.Constant<JsonNode?>(null),
        Gen.Elements(Hostile).Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Choose(int.MinValue, int.MaxValue).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Constant(0).Select(_ => (JsonNode?)new JsonArray(1, "a", new JsonObject())),
        Gen.Constant(0).Select(_ => (JsonNode?)new JsonObject { ["a"] = new JsonObject { ["b"] = 1 } }));
}
