using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ServerlessSocial.Tests.Accounts;

namespace ServerlessSocial.Tests.OpenApi;

/// <summary>Whatever is sent, the service answers as its OpenAPI document says, and never with a 5xx.</summary>
public sealed class EveryRequestTests
{
    private const int Requests = 2_500;

    [Fact]
    public async Task Every_answer_to_any_request_is_one_the_document_describes()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce]);
        var clients = await GatherAsync(host);
        var api = new ApiDescription(await host.Anonymous.GetFromJsonAsync<JsonElement>("openapi.json"));
        var generator = new RequestGenerator(api, await KnownAsync(clients["anna"], host));
        var statuses = new Dictionary<HttpStatusCode, int>();

        var property = Prop.ForAll(generator.Requests().ToArbitrary(), async request =>
        {
            // Whoever leaves is not answered any more: one of them is enough.
            var caller = request.Operation.Method.Equals("DELETE", StringComparison.OrdinalIgnoreCase) && request.Operation.Path == "/api/me" ? "leaver" : request.Caller;
            var problem = await ProblemAsync(request, clients[caller], api, statuses);
            Assert.True(problem is null, $"{problem}: {request}");
        });

        // A generator that never gets past validation would prove little; one in a hundred runs happens to create nothing, and goes on.
        for (var round = 0; round < 5 && !statuses.ContainsKey(HttpStatusCode.Created); round++)
        {
            Check.One(Config.QuickThrowOnFailure.WithMaxTest(Requests).WithEndSize(40), property);
        }

        Assert.Contains(HttpStatusCode.Created, statuses);
        Assert.Contains(HttpStatusCode.OK, statuses);
        Assert.Contains(HttpStatusCode.NoContent, statuses);
        Assert.Contains(HttpStatusCode.BadRequest, statuses);
        await host.SettleAsync();
    }

    private static async Task<string?> ProblemAsync(GeneratedRequest request, HttpClient client, ApiDescription api, Dictionary<HttpStatusCode, int> statuses)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Operation.Method), new Uri(client.BaseAddress!, request.PathAndQuery));
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.MediaType);
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(message);
        lock (statuses)
        {
            statuses[response.StatusCode] = statuses.GetValueOrDefault(response.StatusCode) + 1;
        }

        return await ProblemAsync(request.Operation, response, api);
    }

    private static async Task<string?> ProblemAsync(Operation operation, HttpResponseMessage response, ApiDescription api)
    {
        var status = (int)response.StatusCode;
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        if (status >= 500)
        {
            return $"{status} {text}";
        }

        if (operation.Answer(status) is not { } answer)
        {
            // A path that hostile text turned into another one ("." and "..") ends at the router.
            return text.Contains("no such operation", StringComparison.Ordinal) || text.Contains("method-not-allowed", StringComparison.Ordinal)
                ? null
                : $"{status} is not described ({text})";
        }

        var contents = Operation.Contents(api.Resolve(answer)).ToList();
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (bytes.Length == 0 || contents.Count == 0)
        {
            return bytes.Length > 0 ? $"{status} has a body that is not described" : null;
        }

        var content = contents.FirstOrDefault(entry => entry.MediaType == mediaType);
        return content.MediaType is null ? $"{status} as {mediaType} is not described"
            : mediaType!.EndsWith("json", StringComparison.Ordinal) && api.Mismatch(JsonSerializer.Deserialize<JsonElement>(bytes), content.Schema) is { } mismatch
                ? $"{status}: {mismatch} ({text})"
                : null;
    }

    private static async Task<Dictionary<string, HttpClient>> GatherAsync(TestHost host)
    {
        var clients = new Dictionary<string, HttpClient>
        {
            ["anna"] = (await host.SignUpAsync("anna")).Client,
            ["ben"] = (await host.SignUpAsync("ben")).Client,
            ["moderator"] = (await host.SignUpAsync("mo_derator", "moderator")).Client,
            ["leaver"] = (await host.SignUpAsync("leaver")).Client,
            ["newcomer"] = host.NewClient(await host.TokenAsync("newcomer")),
            ["nobody"] = host.NewClient(null),
            ["forged"] = host.NewClient(null),
        };
        clients["forged"].DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.");
        return clients;
    }

    /// <summary>Things that exist, so that not everything generated is about nothing.</summary>
    private static async Task<Dictionary<string, string[]>> KnownAsync(HttpClient anna, TestHost host)
    {
        var posts = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var response = await anna.PostAsJsonAsync("posts", new { text = $"Good morning, number {i} #tag" });
            posts.Add((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
        }

        await host.SettleAsync();
        return new()
        {
            ["handle"] = ["anna", "ben", "Mo_derator", "nobody_here", "newcomer", "leaver"],
            ["id"] = [.. posts],
            ["replyTo"] = [.. posts],
            ["replyId"] = [.. posts],
            ["quoteId"] = [.. posts],
            ["quote"] = [.. posts],
            ["tag"] = ["tag", "Tag", "kunst"],
            ["limit"] = ["1", "20", "100"],
            ["text"] = ["A good day.", "Guten Tag #tag @anna", "مرحبا #سلام", new string('ä', 5001)],
            ["prompt"] = ["a house by the sea"],
            ["displayName"] = ["Somebody"],
            ["language"] = ["de", "en"],
            ["subject"] = ["anna", "somebody"],
            ["mode"] = ["following"],
        };
    }
}
