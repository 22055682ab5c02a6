using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Hosts.Local.OpenApi;

/// <summary>Names of schemas: those of the records, with pages named after what they hold.</summary>
internal static class SchemaNames
{
    /// <summary>The name of a type's schema; null where the schema stands in place.</summary>
    public static string? Of(JsonTypeInfo type) =>
        type.Type.IsGenericType && type.Type.GetGenericTypeDefinition() == typeof(Page<>)
            ? $"{type.Type.GetGenericArguments()[0].Name}Page"
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
}
