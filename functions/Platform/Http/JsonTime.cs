using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// Times in answers: UTC, always with three digits of a second, <c>2026-11-22T10:15:00.000Z</c> (a profile of RFC 3339), so that they sort as text and are as long in
/// every place. What is finer than a millisecond is cut off, never rounded up: no time is shown before it has come. Documents keep what they were
/// given: this is for the API alone. Times in requests say their offset (RFC 3339): one without would be an hour or more off for whoever meant their own.
/// </summary>
internal sealed class JsonTime : JsonConverter<DateTimeOffset>
{
    /// <summary>The form, for <see cref="DateTimeOffset.ToString(string?, IFormatProvider?)"/>.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) && HasOffset(reader.GetString()!) ? time : throw new JsonException();

    private static bool HasOffset(string text) =>
        text.IndexOf('T', StringComparison.Ordinal) is var day and > 0 && (text.EndsWith('Z') || text.AsSpan(day).ContainsAny('+', '-'));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[24];
        value.UtcDateTime.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
