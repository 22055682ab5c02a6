using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ServerlessSocial.Tests.Filters;
using ServerlessSocial.Tests.Lists;
using ServerlessSocial.Tests.Plans;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.OpenApi;

/// <summary>Where the OpenAPI document lists values, those are taken and nothing else, and whatever stands in the store breaks no list.</summary>
public sealed class EnumTests
{
    private static readonly string[] Lists = ["profiles/anna/posts", "me/images", "me/reports", "moderation/queue?kind=reported", "moderation/audit", "profiles/anna", "me/filters", "lists", "me/credits"];

    [Fact]
    public async Task No_field_takes_anything_but_the_values_listed()
    {
        await using var host = await TestHost.StartAsync(["Push:AllowAnyEndpoint=true", $"Plans:WebhookSecret={PlanEvents.Secret}"]);
        var (anna, ben, moderator) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mo_derator", "moderator"));
        var post = (await anna.PostAsync("A good day.")).Id();
        await host.SettleAsync();
        var (filter, list) = ((await anna.FilterAsync(new { phrase = "rain" })).Id(), await anna.ListAsync(new { name = "Neighbours" }));
        var api = new ApiDescription(await host.Anonymous.GetFromJsonAsync<JsonElement>("openapi.json"));
        using var begun = await anna.Client.PostAsJsonAsync("drafts", new { text = "Hello" });
        var draft = begun.Headers.Location!.OriginalString["/api/".Length..];
        using var later = await anna.Client.PostAsJsonAsync("posts", new { text = "Hello", publishAt = DateTimeOffset.UtcNow.AddDays(1) });
        var scheduled = later.Headers.Location!.OriginalString["/api/".Length..];
        var requests = new Dictionary<string, (TestUser Caller, string Path, string Body)>
        {
            ["POST /api/drafts"] = (anna, "drafts", """{ "text": "Hello" }"""),
            ["PATCH /api/me/scheduled/{id}"] = (anna, scheduled, """{ "text": "Hello" }"""),
            ["PATCH /api/drafts/{id}"] = (anna, draft, """{ "text": "Hello" }"""),
            ["POST /api/posts"] = (anna, "posts", """{ "text": "Hello" }"""),
            ["POST /api/images"] = (anna, "images", """{ "prompt": "a house by the sea" }"""),
            ["POST /api/reports"] = (ben, "reports", $$"""{ "subject": { "type": "post", "id": "{{post}}" }, "clause": "spam" }"""),
            ["POST /api/moderation/cases/{id}/decision"] = (moderator, $"moderation/cases/post.{post}/decision", """{ "decision": "limit", "clause": "spam" }"""),
            ["POST /api/moderation/accounts/{handle}/sanctions"] = (moderator, "moderation/accounts/anna/sanctions", """{ "kind": "warn", "clause": "spam", "reason": "Too much of it." }"""),
            ["PUT /api/moderation/accounts/{handle}/plan"] = (moderator, "moderation/accounts/anna/plan", """{ "plan": "plus" }"""),
            ["POST /api/plans/events"] = (anna, "plans/events", $$"""{ "profileId": "{{anna.Id}}", "plan": "free", "occurredAt": "2026-01-01T00:00:00Z" }"""),
            ["POST /api/me/filters"] = (anna, "me/filters", """{ "phrase": "snow" }"""),
            ["PATCH /api/me/filters/{id}"] = (anna, $"me/filters/{filter}", """{ "phrase": "hail" }"""),
            ["PUT /api/me/notifications/policy"] = (anna, "me/notifications/policy", """{ "notFollowing": "accept", "newAccounts": "accept" }"""),
            ["POST /api/me/push"] = (anna, "me/push", """
                { "endpoint": "https://push.example.org/a", "keys": { "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "BTBZMqHH6r4Tts7J_aSIgg" } }
                """),
            ["POST /api/lists"] = (anna, "lists", """{ "name": "Gardeners" }"""),
            ["PATCH /api/lists/{id}"] = (anna, $"lists/{list}", """{ "name": "Friends" }"""),
        };
        var before = await LookAsync(anna, moderator);

        var fields = api.Operations
            .SelectMany(operation => operation.Bodies().SelectMany(body => Enums(api, body.Schema, [])).Select(field => (Of: $"{operation.Method} {operation.Path}", field.Names, field.Values)))
            .ToList();
        Assert.NotEmpty(fields);
        foreach (var (of, names, values) in fields)
        {
            var (caller, address, body) = requests[of];
            foreach (var wrong in Wrong(values))
            {
                using var response = await SendAsync(caller, of, address, With(body, names, wrong));
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
                Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{of} {names[^1]} {wrong.ToJsonString()}: {answer}");
                Assert.Equal([$"One of {string.Join(", ", values)}."], answer.GetProperty("errors").Texts(string.Join('.', names)));
            }
        }

        await host.SettleAsync();
        Assert.Equal(before, await LookAsync(anna, moderator));

        // The requests were right but for those values.
        foreach (var (of, (caller, address, body)) in requests)
        {
            using var response = await SendAsync(caller, of, address, JsonNode.Parse(body)!);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>Sends a request of any version of what it changes.</summary>
    private static async Task<HttpResponseMessage> SendAsync(TestUser caller, string operation, string path, JsonNode body)
    {
        using var request = new HttpRequestMessage(new(operation.Split(' ')[0]), path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        if (path == "plans/events")
        {
            await PlanEvents.SignAsync(request, $"evt_{body.GetHashCode()}");
        }

        return await caller.Client.SendAsync(request);
    }

    [Fact]
    public async Task No_query_takes_anything_but_the_values_listed()
    {
        await using var host = await TestHost.StartAsync();
        var moderator = await host.SignUpAsync("mo_derator", "moderator");
        var api = new ApiDescription(await host.Anonymous.GetFromJsonAsync<JsonElement>("openapi.json"));

        foreach (var (operation, name, schema) in api.Operations.SelectMany(operation => operation.Parameters("query").Select(parameter => (operation, parameter.Name, parameter.Schema))))
        {
            var values = schema.TryGetProperty("enum", out _) ? schema.Texts("enum") : [];
            foreach (var wrong in values.Length == 0 ? [] : Wrong(values).Where(wrong => !values.Contains(wrong.ToString())))
            {
                var path = $"{operation.Path["/api/".Length..]}?{name}={Uri.EscapeDataString(wrong.ToString())}";
                Assert.True(await moderator.Client.DoAsync(new(operation.Method), path) == HttpStatusCode.BadRequest, path);
            }
        }
    }

    /// <summary>Earlier versions stored 3 for "followers,nobody", and every answer with it was a 500.</summary>
    [Fact]
    public async Task A_stored_value_that_is_none_breaks_no_list_and_is_the_strictest()
    {
        var data = Directory.CreateTempSubdirectory("enums-").FullName;
        string post;
        await using (var host = await TestHost.StartAsync(dataDirectory: data))
        {
            var (anna, ben, moderator) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mo_derator", "moderator"));
            await ben.PutAsync("profiles/anna/follow");
            await anna.PostAsync("Another day #sea");
            post = (await anna.PostAsync(new { text = "A good day @ben #sea", quotePolicy = "followers" })).Id();
            await host.SettleAsync();
            using var report = await ben.Client.PostAsJsonAsync("reports", new { subject = new { type = "post", id = post }, clause = "spam" });
            report.EnsureSuccessStatusCode();
            await host.SettleAsync();
        }

        Assert.NotEqual(0, Rewrite(data, "posts", "\"quotePolicy\":\"followers\"", "\"quotePolicy\":3"));
        Assert.NotEqual(0, Rewrite(data, "reports", "\"clause\":\"spam\"", "\"clause\":14"));
        await using (var host = await TestHost.StartAsync(dataDirectory: data))
        {
            var ben = host.NewClient(await host.TokenAsync("ben"));
            foreach (var list in new[] { "feed", "profiles/anna/posts", "tags/sea", "notifications" })
            {
                Assert.Contains(post, (await ben.ReadAsync(list)).ToString(), StringComparison.Ordinal);
            }

            Assert.Equal("nobody", (await ben.ReadAsync($"posts/{post}")).Text("quotePolicy"));
            Assert.False((await ben.ReadAsync($"posts/{post}")).GetProperty("viewer").GetProperty("canQuote").GetBoolean());
            Assert.Equal(HttpStatusCode.OK, await ben.StatusAsync($"posts/{post}/thread"));
            Assert.Equal("other", Assert.Single((await ben.ReadAsync("me/reports")).GetProperty("items").EnumerateArray()).Text("clause"));
            var moderator = host.NewClient(await host.TokenAsync("mo_derator", "moderator"));
            Assert.Equal(HttpStatusCode.OK, await moderator.DoAsync(HttpMethod.Post, $"moderation/cases/post.{post}/claim"));
        }

        Directory.Delete(data, recursive: true);
    }

    /// <summary>What looks like one of the values, or like several, and is none.</summary>
    private static IEnumerable<JsonNode> Wrong(string[] values) =>
    [
        .. values.SelectMany(one => values.Select(other => JsonValue.Create($"{one},{other}"))),
        .. values.Zip(values.Skip(1)).Select(pair => JsonValue.Create($"{pair.First}, {pair.Second}")),
        .. values.SelectMany(value => new[] { value.ToUpperInvariant(), $"{char.ToUpperInvariant(value[0])}{value[1..]}", $" {value}", $"{value} ", $"{value}\t", $"{value}\n", $"{value}\u00a0", $"{value}\0", $"{value}," })
            .Select(value => JsonValue.Create(value)),
        .. Enumerable.Range(-1, values.Length + 2).SelectMany(number => new JsonNode[] { JsonValue.Create(number), JsonValue.Create($"{number}"), JsonValue.Create($"+{number}") }),
        JsonValue.Create(""),
        JsonValue.Create(" "),
        JsonValue.Create("null"),
        JsonValue.Create("0x1"),
        JsonValue.Create(true),
        new JsonArray(JsonValue.Create(values[0])),
    ];

    private static JsonNode With(string body, IReadOnlyList<string> names, JsonNode value)
    {
        var whole = JsonNode.Parse(body)!;
        names.SkipLast(1).Aggregate(whole, (part, name) => part[name]!)[names[^1]] = value;
        return whole;
    }

    private static async Task<string> LookAsync(TestUser anna, TestUser moderator)
    {
        var all = new List<string>();
        foreach (var list in Lists)
        {
            var caller = list.StartsWith("moderation", StringComparison.Ordinal) || list == "me/reports" ? moderator : anna;
            all.Add((await caller.Client.ReadAsync(list)).ToString());
        }

        return string.Join('\n', all);
    }

    private static IEnumerable<(string[] Names, string[] Values)> Enums(ApiDescription api, JsonElement schema, string[] names)
    {
        schema = api.Resolve(schema);
        if (schema.TryGetProperty("enum", out var values))
        {
            yield return (names, [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)]);
        }

        var parts = (ApiDescription.Alternatives(schema) ?? []).Select(part => (names, part))
            .Concat(schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(field => ((string[])[.. names, field.Name], field.Value)) : []);
        foreach (var found in parts.SelectMany(part => Enums(api, part.Item2, part.Item1)))
        {
            yield return found;
        }
    }

    /// <summary>Changes what stands in the store, as an earlier version would have written it.</summary>
    private static int Rewrite(string data, string container, string from, string to)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "serverless-social.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE \"documents_{container}\" SET body = CAST(replace(CAST(body AS TEXT), $from, $to) AS BLOB) WHERE instr(CAST(body AS TEXT), $from) > 0";
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        return command.ExecuteNonQuery();
    }
}
