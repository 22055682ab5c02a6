using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessSocial.Platform.Http;

/// <summary>How the API reads and writes JSON: camelCase, enums as their names in camelCase and nothing else, times in one form, nulls left out, strict about types.</summary>
public static class ApiJson
{
    /// <summary>Options of every request and response body. A field that nobody knows is refused: misspelt, it would pass for one that was left out.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>
    /// Applies the settings to the options that HTTP results are written with. Nothing is read with them, and what bodies look like is told from them: the
    /// description of an enum is made for the platform's converter alone.
    /// </summary>
    public static JsonSerializerOptions ConfigureAnswers(JsonSerializerOptions options) =>
        Configure(options, new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));

    private static JsonSerializerOptions Configure(JsonSerializerOptions options, JsonConverter enums)
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
        options.Converters.Add(enums);
        return options;
    }

    private static JsonSerializerOptions Create()
    {
        var options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, PropertyNameCaseInsensitive = false }, new EnumNames(stored: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
