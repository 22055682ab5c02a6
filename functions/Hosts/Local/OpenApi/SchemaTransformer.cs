using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Hosts.Local.OpenApi;

/// <summary>Adds to schemas what their types do not say: what a request must say, examples, and the extensions of problem details.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    /// <summary>What bodies of requests consist of: a field that is not described is refused.</summary>
    private static readonly HashSet<Type> RequestTypes = Requests();

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;

        // Nulls are left out of answers, so whatever may be null may be missing; but for what a request must say.
        foreach (var property in context.JsonTypeInfo.Properties)
        {
            if (property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: false) == true)
            {
                Require(schema, property.Name);
            }
            else if (property.IsGetNullable)
            {
                schema.Required?.Remove(property.Name);
            }
            else if (!RequestTypes.Contains(type) && type.Namespace?.StartsWith(nameof(ServerlessSocial), StringComparison.Ordinal) == true && schema.Properties?.ContainsKey(property.Name) == true)
            {
                // Also what is no parameter of the constructor.
                Require(schema, property.Name);
            }

            if (property.AttributeProvider?.GetCustomAttributes(typeof(MaxGraphemesAttribute), inherit: false).OfType<MaxGraphemesAttribute>().FirstOrDefault() is { } most
                && schema.Properties?.TryGetValue(property.Name, out var text) == true)
            {
                Bound(text as OpenApiSchema, most.Graphemes);
            }
        }

        // Of a type with a converter of its own (JsonTime) the generator knows nothing.
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
        {
            schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }

        if (RequestTypes.Contains(type))
        {
            schema.AdditionalPropertiesAllowed = false;
        }

        if (context.JsonPropertyInfo is null && type.GetCustomAttribute<ExampleAttribute>() is { } example)
        {
            schema.Examples = [JsonNode.Parse(example.Json)!];
        }

        if (type == typeof(ProblemDetails))
        {
            DescribeProblem(schema);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Completes what is known only once all of the document is there: what is never null. Nulls are left out of answers, so nothing in an answer is null; in a request null
    /// stands for what was left out, or empties, but for what a request must say.
    /// </summary>
    public static void Complete(OpenApiDocument document)
    {
        var requests = RequestTypes.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, described) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (described is not OpenApiSchema schema)
            {
                continue;
            }

            // Names of values are texts; the generator lists them and leaves the type out.
            if (schema.Enum is { Count: > 0 })
            {
                schema.Type ??= JsonSchemaType.String;

                // Where a value may be left out is said there.
                schema.Enum = [.. schema.Enum.Where(value => value is not null && value.GetValueKind() != JsonValueKind.Null)];
            }

            foreach (var (property, value) in schema.Properties?.ToList() ?? [])
            {
                if (!requests.Contains(name) || schema.Required?.Contains(property) == true)
                {
                    schema.Properties![property] = WithoutNull(value);
                }
            }
        }
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema plain)
        {
            return schema;
        }

        if (plain.OneOf is [OpenApiSchema { Type: JsonSchemaType.Null }, { } other])
        {
            return other;
        }

        plain.Type &= ~JsonSchemaType.Null;
        return plain;
    }

    /// <summary>
    /// The limit in the units of the schema language, code points: as many as a text that is taken may have at all, so that nobody refuses what the service takes. What is
    /// checked first is the number of characters as people count them, beside it.
    /// </summary>
    private static void Bound(OpenApiSchema? text, int graphemes)
    {
        if (text?.Type?.HasFlag(JsonSchemaType.Array) == true)
        {
            text = text.Items as OpenApiSchema;
        }

        if (text is not null)
        {
            text.MaxLength = TextLength.MaxUnits(graphemes);
            text.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            text.Extensions["x-max-graphemes"] = new JsonNodeExtension(graphemes);
        }
    }

    private static HashSet<Type> Requests()
    {
        var types = new HashSet<Type>();
        foreach (var body in FunctionCatalog.Functions.Select(function => function.Method.GetCustomAttribute<RequestBodyAttribute>()?.RequestType).OfType<Type>())
        {
            AddWithParts(body, types);
        }

        return types;
    }

    private static void Require(OpenApiSchema schema, string name)
    {
        schema.Required ??= new HashSet<string>();
        schema.Required.Add(name);
        if (schema.Properties?[name] is OpenApiSchema property)
        {
            property.Type &= ~JsonSchemaType.Null;
        }
    }

    private static void AddWithParts(Type type, HashSet<Type> types)
    {
        if (type.Namespace?.StartsWith(nameof(ServerlessSocial), StringComparison.Ordinal) != true || type.IsEnum || !types.Add(type))
        {
            return;
        }

        foreach (var property in type.GetProperties().Select(property => property.PropertyType))
        {
            AddWithParts(property.IsGenericType ? property.GetGenericArguments()[0] : property, types);
        }
    }

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Description = "Problem details (RFC 9457).";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Required = new HashSet<string> { "type", "title", "status", "detail" };
        if (schema.Properties.TryGetValue("type", out var type) && type is OpenApiSchema named)
        {
            named.Description = "Which problem it is. Clients may rely on it, and treat one that they do not know by its status.";
            named.Examples = [.. ProblemTypes.All.Select(problem => (JsonNode)(Error.TypePrefix + problem.Code))];
        }

        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "What is wrong, by field of the request.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        schema.Properties["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Helps to find the request in the logs." };
        schema.Examples =
        [
            new JsonObject
            {
                ["type"] = Error.TypePrefix + "invalid-fields",
                ["title"] = "The request is not valid.",
                ["status"] = 400,
                ["detail"] = "Some fields are not valid; see errors.",
                ["instance"] = "/api/posts",
                ["errors"] = new JsonObject { ["text"] = new JsonArray("At most 5,000 characters.") },
            },
        ];
    }
}
