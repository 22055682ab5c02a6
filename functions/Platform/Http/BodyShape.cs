using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// What is wrong with a JSON body that could not be read: fields that nobody knows, fields that are missing, and values of the wrong type. The reader itself stops at
/// the first and does not always say where it stands.
/// </summary>
internal static class BodyShape
{
    private const int MostProblems = 20;
    private const int LongestName = 100;

    /// <summary>Problems by field; none if names and types are right or the body is no JSON at all.</summary>
    public static SortedDictionary<string, string[]> Problems(ReadOnlyMemory<byte> body, Type type)
    {
        var problems = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(body);
            Look(document.RootElement, ApiJson.Options.GetTypeInfo(type), string.Empty, problems);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not even JSON, or names that are no Unicode text: the reader has said so already.
        }

        return problems;
    }

    private static void Look(JsonElement value, JsonTypeInfo type, string path, SortedDictionary<string, string[]> problems)
    {
        if (type.Kind == JsonTypeInfoKind.Object && value.ValueKind == JsonValueKind.Object)
        {
            LookAtFields(value, type, path, problems);
        }
        else if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Look(item, ApiJson.Options.GetTypeInfo(element), $"{path}[{index++}]", problems);
            }
        }
        else if (path.Length > 0)
        {
            LookAtValue(value, type, path, problems);
        }
    }

    private static void LookAtValue(JsonElement value, JsonTypeInfo type, string path, SortedDictionary<string, string[]> problems)
    {
        try
        {
            value.Deserialize(type);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            Note(path, exception is UnknownValueException unknown ? $"One of {string.Join(", ", unknown.Allowed)}." : Expected(type, value), problems);
        }
    }

    private static string Expected(JsonTypeInfo type, JsonElement value) => Type.GetTypeCode(Nullable.GetUnderlyingType(type.Type) ?? type.Type) switch
    {
        TypeCode.String => value.ValueKind == JsonValueKind.String ? "Text that is valid Unicode: no lone surrogates." : "A text.",
        TypeCode.Boolean => "true or false.",
        TypeCode.Int32 or TypeCode.Int64 => "A whole number.",
        _ when (Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(DateTimeOffset) => "A time with its offset, such as 2026-11-22T10:15:00Z or 2026-11-22T11:15:00+01:00.",
        _ => type.Kind switch { JsonTypeInfoKind.Enumerable => "A list.", JsonTypeInfoKind.Object => "An object.", _ => "The value is of the wrong type." },
    };

    private static void LookAtFields(JsonElement value, JsonTypeInfo type, string path, SortedDictionary<string, string[]> problems)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in value.EnumerateObject())
        {
            given.Add(field.Name);
            if (type.Properties.FirstOrDefault(property => property.Name == field.Name) is { } known)
            {
                if (field.Value.ValueKind == JsonValueKind.Null)
                {
                    NoteNull(known, PathOf(path, known.Name), problems);
                    continue;
                }

                Look(field.Value, ApiJson.Options.GetTypeInfo(known.PropertyType), PathOf(path, known.Name), problems);
            }
            else
            {
                Note(PathOf(path, field.Name), "There is no such field.", problems);
            }
        }

        foreach (var missing in type.Properties.Where(property => property.IsRequired && !given.Contains(property.Name)))
        {
            Note(PathOf(path, missing.Name), "This field is required.", problems);
        }
    }

    private static void NoteNull(JsonPropertyInfo field, string path, SortedDictionary<string, string[]> problems)
    {
        if (!field.IsSetNullable || (field.PropertyType.IsValueType && Nullable.GetUnderlyingType(field.PropertyType) is null))
        {
            Note(path, "It must not be null.", problems);
        }
    }

    private static string PathOf(string path, string name)
    {
        var shown = name.Length > LongestName ? name[..LongestName] : name;
        return path.Length == 0 ? shown : $"{path}.{shown}";
    }

    private static void Note(string field, string problem, SortedDictionary<string, string[]> problems)
    {
        if (problems.Count < MostProblems)
        {
            problems[field] = [problem];
        }
    }
}
