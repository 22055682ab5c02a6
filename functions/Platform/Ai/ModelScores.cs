using System.Text.Json;

namespace ServerlessSocial.Platform.Ai;

/// <summary>Scores by category as models are asked for them and answer them: a JSON object with a number for each category.</summary>
internal static class ModelScores
{
    /// <summary>The schema of the answer.</summary>
    public static TextSchema Schema { get; } = new("moderation_scores", MakeSchema());

    /// <summary>Reads an answer; null if it is out of shape.</summary>
    public static IReadOnlyList<HarmScore>? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. Enum.GetValues<HarmCategory>().Select(category => new HarmScore(category, Score(document.RootElement, category), null))];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static double Score(JsonElement scores, HarmCategory category) =>
        Math.Clamp(scores.GetProperty(NameOf(category)).GetDouble(), 0, 1);

    private static string NameOf(HarmCategory category) => JsonNamingPolicy.CamelCase.ConvertName(category.ToString());

    private static string MakeSchema()
    {
        var names = Enum.GetValues<HarmCategory>().Select(NameOf).ToList();
        return JsonSerializer.Serialize(new
        {
            type = "object",
            properties = names.ToDictionary(name => name, _ => new { type = "number" }),
            required = names,
            additionalProperties = false,
        });
    }
}
