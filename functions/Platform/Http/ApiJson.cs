using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessSocial.Platform.Http;

/// <summary>How the API reads and writes JSON: camelCase, enums as camelCase strings, times in one form, nulls left out, strict about types.</summary>
public static class ApiJson
{
    /// <summary>Options of every request and response body. A field that nobody knows is refused: misspelt, it would pass for one that was left out.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Applies the settings to given options, such as those of the HTTP results.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        // Answers are served as application/json with nosniff and never inside HTML, so letters and emoji stay readable.
        options.Encoder = PlainJsonEncoder.Instance;
        options.Converters.Add(new JsonTime());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }

    private static JsonSerializerOptions Create()
    {
        var options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow });
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
