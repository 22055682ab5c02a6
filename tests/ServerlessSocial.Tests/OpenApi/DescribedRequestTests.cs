using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessSocial.Tests.Plans;

namespace ServerlessSocial.Tests.OpenApi;

/// <summary>What the document says of requests and answers beyond their shapes.</summary>
public sealed class DescribedRequestTests
{
    [Fact]
    public async Task What_the_document_requires_is_missed_and_what_it_does_not_know_is_refused()
    {
        await using var host = await TestHost.StartAsync([$"Plans:WebhookSecret={PlanEvents.Secret}"]);
        var caller = await host.SignUpAsync("mo_derator", "moderator");
        var newcomer = host.NewClient(await host.TokenAsync("newcomer"));
        var document = await host.Anonymous.GetFromJsonAsync<JsonElement>("openapi.json");
        var api = new ApiDescription(document);
        var missed = 0;
        foreach (var operation in api.Operations.Where(operation => operation.Bodies().Any(body => body.MediaType == "application/json")))
        {
            var client = operation.Path == "/api/profiles" ? newcomer : caller.Client;
            var schema = api.Resolve(operation.Bodies().First().Schema);
            var example = ExampleOf(operation);
            foreach (var required in schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToArray() : [])
            {
                var lacking = example.DeepClone().AsObject();
                lacking.Remove(required);
                Assert.Contains(required, await WrongFieldsAsync(client, operation, lacking));
                missed++;
            }

            Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
            var surplus = example.DeepClone().AsObject();
            surplus["nobodyKnowsThis"] = 1;
            Assert.Equal(["nobodyKnowsThis"], await WrongFieldsAsync(client, operation, surplus));
        }

        Assert.InRange(missed, 6, 100);
    }

    [Fact]
    public async Task Headers_and_conditions_of_answers_are_described()
    {
        await using var host = await TestHost.StartAsync();
        var api = new ApiDescription(await host.Anonymous.GetFromJsonAsync<JsonElement>("openapi.json"));

        Assert.Equal(["ETag", "Location"], Headers("POST", "/api/profiles", 201));
        Assert.Equal(["Credits", "Location", "Retry-After"], Headers("POST", "/api/images", 202));
        Assert.Equal(["ETag"], Headers("GET", "/api/posts/{id}", 200));
        Assert.Equal(["ETag"], Headers("GET", "/api/me", 200));
        Assert.Equal(["Retry-After"], Headers("GET", "/api/feed", 429));
        Assert.Equal(["Retry-After"], Headers("POST", "/api/media", 503));
        Assert.NotNull(OperationOf("GET", "/api/tags/{tag}").Answer(304));
        Assert.NotNull(OperationOf("POST", "/api/posts").Answer(408));
        Assert.DoesNotContain(api.Operations, operation => operation.Method == "HEAD");

        Operation OperationOf(string method, string path) => api.Operations.Single(operation => operation.Method == method && operation.Path == path);

        string[] Headers(string method, string path, int status) =>
            [.. api.Resolve(OperationOf(method, path).Answer(status)!.Value).GetProperty("headers").EnumerateObject().Select(header => header.Name).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Limits_in_the_document_are_those_of_the_service()
    {
        await using var host = await TestHost.StartAsync();
        var caller = await host.SignUpAsync("mo_derator", "moderator");
        var newcomer = host.NewClient(await host.TokenAsync("newcomer"));
        var api = new ApiDescription(await host.Anonymous.GetFromJsonAsync<JsonElement>("openapi.json"));
        var held = 0;

        // What is looked up before its fields are: of these there is nothing to look up.
        string[] lookedUp =
        [
            "/api/posts/{id}", "/api/drafts/{id}", "/api/me/scheduled/{id}", "/api/lists/{id}", "/api/me/filters/{id}", "/api/media/{id}", "/api/me/reports/{id}/contest", "/api/moderation/cases/{id}/decision",
        ];
        foreach (var operation in api.Operations.Where(operation => operation.Bodies().Any(body => body.MediaType == "application/json") && !lookedUp.Contains(operation.Path)))
        {
            var schema = api.Resolve(operation.Bodies().First().Schema);
            foreach (var property in schema.GetProperty("properties").EnumerateObject())
            {
                if (TooMuch(property.Value) is not { } value)
                {
                    continue;
                }

                var body = ExampleOf(operation).AsObject();
                body[property.Name] = value;
                var fields = await WrongFieldsAsync(operation.Path == "/api/profiles" ? newcomer : caller.Client, operation, body);
                Assert.Contains(fields, field => field.StartsWith(property.Name, StringComparison.Ordinal));
                held++;
            }
        }

        Assert.InRange(held, 15, 100);
    }

    [Fact]
    public async Task Descriptions_are_for_readers_not_for_compilers()
    {
        await using var host = await TestHost.StartAsync();

        var document = await host.Anonymous.GetFromJsonAsync<JsonElement>("openapi.json");

        Assert.All(TextsOf(document), text => Assert.DoesNotMatch(@"cref|paramref|langword|</?(c|see|para|list|item|code|summary|remarks)\b|\b[TPMFE]:[A-Z]|ServerlessSocial\.[A-Z]|System\.[A-Z]", text));
    }

    private static IEnumerable<string> TextsOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(TextsOf),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property is { Name: "description" or "summary", Value.ValueKind: JsonValueKind.String } ? [property.Value.GetString()!] : TextsOf(property.Value)),
        _ => [],
    };

    /// <summary>One more than a schema allows; null where it sets no limit.</summary>
    private static JsonNode? TooMuch(JsonElement schema) =>
        schema.TryGetProperty("x-max-graphemes", out var graphemes) ? new string('x', graphemes.GetInt32() + 1)
        : schema.TryGetProperty("maxLength", out var length) ? new string('x', length.GetInt32() + 1)
        : schema.TryGetProperty("maxItems", out var most) ? new JsonArray([.. Enumerable.Range(0, most.GetInt32() + 1).Select(number => ItemOf(schema.GetProperty("items"), number))])
        : null;

    private static JsonNode ItemOf(JsonElement schema, int number) =>
        schema.TryGetProperty("type", out var type) && type.ToString().Contains("string", StringComparison.Ordinal) ? $"x{number}"
        : schema.TryGetProperty("type", out type) && type.ToString().Contains("integer", StringComparison.Ordinal) ? number
        : new JsonObject { ["id"] = $"019a5c2e6f0a7b3c8d1e2f3a4b5c6d7{number}.019a5c2e00007000800000000000abcd" };

    private static JsonNode ExampleOf(Operation operation) =>
        JsonNode.Parse(operation.Description.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText())!;

    private static async Task<string[]> WrongFieldsAsync(HttpClient client, Operation operation, JsonObject body)
    {
        const string id = "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e00007000800000000000abcd";
        var path = operation.Path["/api/".Length..].Replace("{id}", id, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path) { Content = JsonContent.Create(body) };
        request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
        await PlanEvents.SignAsync(request, "evt_1");
        using var response = await client.SendAsync(request);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{operation.Method} {operation.Path} {body.ToJsonString()}: {problem}");
        return [.. problem.GetProperty("errors").EnumerateObject().Select(field => field.Name)];
    }
}
