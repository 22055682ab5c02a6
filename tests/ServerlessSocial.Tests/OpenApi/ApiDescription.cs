using System.Globalization;
using System.Text.Json;

namespace ServerlessSocial.Tests.OpenApi;

/// <summary>What the OpenAPI document says, as far as requests are generated from it and answers are held to it.</summary>
internal sealed class ApiDescription(JsonElement document)
{
    /// <summary>Every operation.</summary>
    public IReadOnlyList<Operation> Operations { get; } =
        [.. from path in document.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            select new Operation(method.Name.ToUpperInvariant(), path.Name, method.Value)];

    /// <summary>Properties of named schemas that some answer had, as <c>Post.text</c>.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>Properties of named schemas that some answer left out.</summary>
    public HashSet<string> LeftOut { get; } = [];

    /// <summary>Properties of the named schemas that answers consist of, and whether they are required.</summary>
    public IReadOnlyDictionary<string, bool> AnswerProperties()
    {
        var found = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        var visited = new HashSet<string>();
        foreach (var answer in Operations.SelectMany(operation => operation.Description.GetProperty("responses").EnumerateObject()))
        {
            foreach (var (_, schema) in Operation.Contents(Resolve(answer.Value)))
            {
                Visit(schema);
            }
        }

        return found;

        void Visit(JsonElement schema)
        {
            if (schema.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            if (NameOf(schema) is { } name)
            {
                if (!visited.Add(name))
                {
                    return;
                }

                schema = Resolve(schema);
                var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(property => property.GetString()).ToHashSet() : [];
                foreach (var property in schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
                {
                    found[$"{name}.{property.Name}"] = required.Contains(property.Name);
                }
            }

            foreach (var part in schema.TryGetProperty("properties", out var parts) ? parts.EnumerateObject() : default)
            {
                Visit(part.Value);
            }

            if (schema.TryGetProperty("items", out var items))
            {
                Visit(items);
            }

            foreach (var alternative in Alternatives(schema) ?? [])
            {
                Visit(alternative);
            }
        }
    }

    /// <summary>Follows a reference within the document.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
        {
            var target = document;
            foreach (var part in reference.GetString()!.TrimStart('#', '/').Split('/'))
            {
                target = target.GetProperty(part);
            }

            schema = target;
        }

        return schema;
    }

    /// <summary>What is wrong with an answer by the document; null if nothing is, or if no operation is asked for.</summary>
    /// <param name="method">Method of the request.</param>
    /// <param name="path">Its path, percent-encoded.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="mediaType">Media type of the answer; null for none.</param>
    /// <param name="body">The answer where it is JSON.</param>
    public string? MismatchOf(string method, string path, int status, string? mediaType, JsonElement? body)
    {
        var operation = Operations.Where(operation => operation.Method == method && IsAt(operation.Path, path)).MinBy(operation => operation.Path.Count(letter => letter == '{'));
        return operation is null ? null
            : operation.Answer(status) is not { } answer ? $"{status} is not described"
            : body is not { } value ? null
            : Operation.Contents(Resolve(answer)).Where(content => content.MediaType == mediaType).Select(content => content.Schema).ToList() is not [var schema] ? $"{status} as {mediaType} is not described"
            : Mismatch(value, schema);
    }

    private static bool IsAt(string template, string path)
    {
        var (parts, given) = (template.Split('/'), path.Split('/'));
        return parts.Length == given.Length && parts.Zip(given).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What is wrong with a value by its schema; null if nothing is.</summary>
    public string? Mismatch(JsonElement value, JsonElement schema, string path = "$")
    {
        var named = NameOf(schema);
        schema = Resolve(schema);
        if (Alternatives(schema) is { } alternatives)
        {
            return alternatives.Any(alternative => Mismatch(value, alternative, path) is null) ? null : $"{path} fits no alternative";
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => Fits(value, name)))
        {
            return $"{path} is {value.ValueKind}, not {type}";
        }

        if (schema.TryGetProperty("enum", out var allowed) && value.ValueKind == JsonValueKind.String
            && !allowed.EnumerateArray().Any(choice => choice.ValueKind == JsonValueKind.String && choice.GetString() == value.GetString()))
        {
            return $"{path} is {value}, which is not one of the values allowed";
        }

        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" && value.ValueKind == JsonValueKind.String && !IsTime(value.GetString()!))
        {
            return $"{path} is {value}, which is no time as the API writes them";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => ObjectMismatch(value, schema, path, named),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().Select((item, index) => Mismatch(item, items, $"{path}[{index}]")).FirstOrDefault(problem => problem is not null),
            _ => null,
        };
    }

    /// <summary>Names of the types a schema allows.</summary>
    public static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    /// <summary>The alternatives of a schema, or null if it has none.</summary>
    public static IEnumerable<JsonElement>? Alternatives(JsonElement schema) =>
        schema.TryGetProperty("oneOf", out var one) ? one.EnumerateArray()
        : schema.TryGetProperty("anyOf", out var any) ? any.EnumerateArray()
        : null;

    /// <summary>Whether a text is a time exactly as the API writes them.</summary>
    public static bool IsTime(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static bool Fits(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };

    private static string? NameOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Split('/')[^1] : null;

    private string? ObjectMismatch(JsonElement value, JsonElement schema, string path, string? named)
    {
        var properties = schema.TryGetProperty("properties", out var declared) ? declared : default;
        foreach (var property in named is not null && properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject() : default)
        {
            (value.TryGetProperty(property.Name, out _) ? Seen : LeftOut).Add($"{named}.{property.Name}");
        }

        foreach (var required in schema.TryGetProperty("required", out var names) ? names.EnumerateArray() : default)
        {
            if (!value.TryGetProperty(required.GetString()!, out _))
            {
                return $"{path}.{required} is missing";
            }
        }

        foreach (var property in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(property.Name, out var propertySchema))
            {
                if (Mismatch(property.Value, propertySchema, $"{path}.{property.Name}") is { } problem)
                {
                    return problem;
                }
            }
            else if (!schema.TryGetProperty("additionalProperties", out _))
            {
                return $"{path}.{property.Name} is not described";
            }
        }

        return null;
    }
}

/// <summary>An operation of the document.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path template.</param>
/// <param name="Description">Its part of the document.</param>
internal sealed record Operation(string Method, string Path, JsonElement Description)
{
    /// <summary>Parameters at a place: path, query or header.</summary>
    public IEnumerable<(string Name, JsonElement Schema)> Parameters(string place) =>
        Description.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray()
                .Where(parameter => parameter.GetProperty("in").GetString() == place)
                .Select(parameter => (parameter.GetProperty("name").GetString()!, parameter.GetProperty("schema")))
            : [];

    /// <summary>Media types and schemas of the body; none if there is no body.</summary>
    public IEnumerable<(string MediaType, JsonElement Schema)> Bodies() => Description.TryGetProperty("requestBody", out var body) ? Contents(body) : [];

    /// <summary>The described answer of a status, or null.</summary>
    public JsonElement? Answer(int status) =>
        Description.GetProperty("responses").TryGetProperty(status.ToString(null, null), out var answer) ? answer : null;

    /// <summary>Media types and schemas of an answer.</summary>
    public static IEnumerable<(string MediaType, JsonElement Schema)> Contents(JsonElement part) =>
        part.TryGetProperty("content", out var content)
            ? content.EnumerateObject().Select(entry => (entry.Name, entry.Value.TryGetProperty("schema", out var schema) ? schema : default))
            : [];
}
