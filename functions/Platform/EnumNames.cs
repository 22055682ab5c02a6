using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessSocial.Platform;

/// <summary>Marks the value of an enum that a stored one counts as which is none of its values.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class StandsForUnknownAttribute : Attribute;

/// <summary>
/// Enums in JSON: one of their camelCase names, and nothing else. The converter of the platform takes lists ("followers,nobody") and makes numbers of
/// them that are no value at all.
/// </summary>
/// <param name="stored">
/// Whether what is read is the service's own: unknown values are read as the one marked with <see cref="StandsForUnknownAttribute"/> then, where
/// there is one, since one document that cannot be read would take every list it stands in with it.
/// </param>
public sealed class EnumNames(bool stored) : JsonConverterFactory
{
    /// <summary>The name of a value as JSON has it.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert), [stored])!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly (JsonEncodedText Name, T Value)[] Values =
            [.. typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (JsonEncodedText.Encode(NameOf(field)), (T)field.GetValue(null)!))];

        private static readonly T? Unknown = typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsDefined(typeof(StandsForUnknownAttribute)))
            .Select(field => (T?)field.GetValue(null))
            .SingleOrDefault();

        private readonly T? otherwise;

        public Converter(bool stored)
        {
            otherwise = stored ? Unknown : null;
        }

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return Find(ref reader);
            }

            // Earlier versions stored numbers for values that are none.
            return reader.TokenType == JsonTokenType.Number && otherwise is { } value ? value : throw Refusal();
        }

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Find(ref reader);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(NameOf(value));

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(NameOf(value));

        private static string NameOf(FieldInfo field) =>
            field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(field.Name);

        /// <summary>What is no value must not get into the store, wherever it came from.</summary>
        private static JsonEncodedText NameOf(T value)
        {
            foreach (var (name, known) in Values)
            {
                if (EqualityComparer<T>.Default.Equals(known, value))
                {
                    return name;
                }
            }

            throw new JsonException($"{value} is no {typeof(T).Name}.");
        }

        private T Find(ref Utf8JsonReader reader)
        {
            foreach (var (name, value) in Values)
            {
                if (reader.ValueTextEquals(name.EncodedUtf8Bytes))
                {
                    return value;
                }
            }

            return otherwise ?? throw Refusal();
        }

        private static UnknownValueException Refusal() => new([.. Values.Select(value => value.Name.ToString())]);
    }
}

/// <summary>Where one of some names was to stand, there is something else.</summary>
/// <param name="allowed">Those names.</param>
public sealed class UnknownValueException(IReadOnlyList<string> allowed) : JsonException
{
    /// <summary>What may stand there.</summary>
    public IReadOnlyList<string> Allowed { get; } = allowed;
}
