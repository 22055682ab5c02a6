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
