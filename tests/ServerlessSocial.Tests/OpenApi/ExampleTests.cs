using System.Globalization;
using System.Reflection;
using System.Text.Json;
using ServerlessSocial.Hosts;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Tests.OpenApi;

public sealed class ExampleTests
{
    /// <summary>Answers leave nulls out, and nobody but this test reads them into their records.</summary>
    private static readonly JsonSerializerOptions Lenient = new(ApiJson.Options) { RespectRequiredConstructorParameters = false };

    public static TheoryData<Type> Described =>
        [.. typeof(Product).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ExampleAttribute)))];

    [Theory]
    [MemberData(nameof(Described))]
    public void An_example_in_the_document_is_what_the_API_reads_and_writes(Type type)
    {
        var example = type.GetCustomAttribute<ExampleAttribute>()!.Json;

        var value = JsonSerializer.Deserialize(example, type, Lenient);

        // Written again it says the same: every name in the example is one the API knows.
        var again = JsonSerializer.SerializeToElement(value, type, ApiJson.Options);
        var names = JsonSerializer.Deserialize<JsonElement>(example).EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null);
        Assert.All(names, property => Assert.True(again.TryGetProperty(property.Name, out _), property.Name));
    }

    [Theory]
    [MemberData(nameof(Described))]
    public void Times_in_examples_are_as_the_API_writes_them(Type type) =>
        Assert.All(TextsIn(JsonSerializer.Deserialize<JsonElement>(type.GetCustomAttribute<ExampleAttribute>()!.Json)), text => Assert.True(
            !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) || !text.Contains('T', StringComparison.Ordinal) || ApiDescription.IsTime(text), text));

    [Fact]
    public void Times_are_written_in_UTC_to_the_millisecond_and_read_in_any_form()
    {
        Assert.Equal("\"2026-11-22T10:15:00.000Z\"", Written(new(2026, 11, 22, 12, 15, 0, TimeSpan.FromHours(2))));
        Assert.Equal("\"2026-11-22T10:15:59.999Z\"", Written(new DateTimeOffset(2026, 11, 22, 10, 15, 59, 999, TimeSpan.Zero).AddTicks(9_999)));
        Assert.Equal("\"0001-01-01T00:00:00.000Z\"", Written(DateTimeOffset.MinValue));
        Assert.Equal("\"9999-12-31T23:59:59.999Z\"", Written(DateTimeOffset.MaxValue));
        Assert.Equal(
            new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero), JsonSerializer.Deserialize<DateTimeOffset>("\"2026-11-22T12:15:00+02:00\"", ApiJson.Options));

        static string Written(DateTimeOffset time) => JsonSerializer.Serialize(time, ApiJson.Options);
    }

    private static IEnumerable<string> TextsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(TextsIn),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => TextsIn(property.Value)),
        _ => [],
    };

    [Fact]
    public void Every_request_body_has_an_example()
    {
        var bodies = typeof(Product).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<RequestBodyAttribute>()?.RequestType)
            .OfType<Type>()
            .Where(type => type != typeof(byte[]));

        Assert.All(bodies, type => Assert.True(type.IsDefined(typeof(ExampleAttribute)), $"{type} has no example."));
    }
}
