using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Hosts.Local.OpenApi;

/// <summary>Adds to schemas what their types do not say: examples, and the extensions of problem details.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;

        // Nulls are left out of answers, so whatever may be null may be missing.
        foreach (var property in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable))
        {
            schema.Required?.Remove(property.Name);
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

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Description = "Problem details (RFC 9457).";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
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
