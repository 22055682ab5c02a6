using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.OpenApi;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Http;

/// <summary>Where lists go on, said by a header; and that whatever answers GET answers HEAD.</summary>
public sealed class NextLinkTests
{
    /// <summary>Held against the compiled functions, so that no list is forgotten: a page of a kind of its own must say that it is one.</summary>
    [Fact]
    public void Every_list_has_a_link()
    {
        foreach (var (function, _) in FunctionCatalog.TriggeredBy<HttpTriggerAttribute>())
        {
            var lists = ValuesOf(function.Method.ReturnType).Where(value => typeof(IListed).IsAssignableFrom(value)).ToList();
            Assert.True(function.Method.IsDefined(typeof(PagedAttribute)) == (lists.Count > 0), $"{function.Name} is a list by its attribute or by its answer, and not by both.");
            Assert.DoesNotContain(ValuesOf(function.Method.ReturnType).Except(lists), value => value.GetProperty("Next") is not null);
        }
    }

    [Fact]
    public async Task Links_lead_through_a_list_to_its_end()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await ben.PutAsync("profiles/anna/follow");
        await ben.Client.ReadAsync("feed");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await anna.PostAsync($"Number {i} #メ〜テレ")).Id());
        }

        await host.SettleAsync();
        ids.Reverse();

        Assert.Equal(ids, await FollowAsync(host.Anonymous, "profiles/anna/posts?limit=2&filter=all", post => post.Id()));
        Assert.Equal(ids, await FollowAsync(host.Anonymous, $"tags/{Uri.EscapeDataString("メ〜テレ")}?limit=2", post => post.Id()));
        Assert.Equal(ids, await FollowAsync(ben.Client, "feed?mode=following&limit=2", item => item.GetProperty("post").Id()));
    }

    [Fact]
    public async Task The_next_page_is_asked_for_without_what_said_where_the_first_one_begins()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await ben.PutAsync("profiles/anna/follow");
        var since = (await ben.Client.ReadAsync("feed")).GetProperty("since").GetString()!;
        var first = await anna.PostAsync("The first");
        await host.SettleAsync();
        for (var i = 0; i < 3; i++)
        {
            await ben.PostAsync(new { text = $"Reply {i}", replyTo = first.Id() });
        }

        await host.SettleAsync();

        Assert.True((await FollowAsync(ben.Client, $"feed?since={Uri.EscapeDataString(since)}&limit=2", item => item.GetProperty("post").Id())).Count >= 4);
        using var thread = await host.Anonymous.GetAsync($"posts/{first.Id()}/thread?limit=2");
        var link = Assert.Single(thread.Headers.GetValues("Link"));
        Assert.StartsWith($"</api/posts/{first.Id()}/thread?limit=2&cursor=", link, StringComparison.Ordinal);
        var rest = await host.Anonymous.GetFromJsonAsync<JsonElement>(Target(link));
        Assert.Single(rest.GetProperty("replies").GetProperty("items").EnumerateArray());
    }

    /// <summary>Walks the described operations: GET and HEAD answer alike, errors included, with the same header fields.</summary>
    [Fact]
    public async Task Whatever_answers_GET_answers_HEAD_alike()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, chief) = (await host.SignUpAsync("anna"), await host.SignUpAsync("chief", "moderator"));
        var post = await anna.PostAsync("Good morning #coast");
        await anna.PostAsync("And good night #coast");
        await host.SettleAsync();
        var api = new ApiDescription(await host.Anonymous.GetFromJsonAsync<JsonElement>("openapi.json"));
        var walked = 0;
        foreach (var operation in api.Operations.Where(operation => operation.Method == "GET"))
        {
            var path = operation.Path["/api/".Length..].Replace("{handle}", "anna", StringComparison.Ordinal).Replace("{tag}", "coast", StringComparison.Ordinal)
                .Replace("{size}", "320", StringComparison.Ordinal).Replace("{id}", post.Id(), StringComparison.Ordinal) + "?limit=1";
            foreach (var client in (HttpClient[])[host.Anonymous, anna.Client, chief.Client])
            {
                using var get = await client.GetAsync(path);
                using var question = new HttpRequestMessage(HttpMethod.Head, path);
                using var head = await client.SendAsync(question);

                Assert.True(get.StatusCode == head.StatusCode, $"{path}: {get.StatusCode} and {head.StatusCode}");
                Assert.Empty(await head.Content.ReadAsByteArrayAsync());
                Assert.Equal(Fields(get), Fields(head));
                walked++;
            }
        }

        Assert.True(walked > 100, $"{walked}");
    }

    private static IEnumerable<string> Fields(HttpResponseMessage answer) =>
        answer.Headers.Concat(answer.Content.Headers).Select(field => field.Key).Where(name => name is not ("Content-Length" or "Transfer-Encoding" or "Date")).Order(StringComparer.Ordinal);

    /// <summary>What a function answers with where it works.</summary>
    private static IEnumerable<Type> ValuesOf(Type type) =>
        !type.IsGenericType ? []
        : type.GetGenericTypeDefinition() == typeof(Ok<>) ? type.GetGenericArguments()
        : type.GetGenericArguments().SelectMany(ValuesOf);

    private static async Task<List<string>> FollowAsync(HttpClient client, string path, Func<JsonElement, string> idOf)
    {
        var ids = new List<string>();
        for (var pages = 0; ; pages++)
        {
            using var answer = await client.GetAsync(path);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(answer.IsSuccessStatusCode, page.ToString());
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(idOf));
            Assert.Equal(page.TryGetProperty("next", out _), answer.Headers.TryGetValues("Link", out var links));
            if (links is null)
            {
                Assert.True(pages > 0, "All of it came in one page.");
                return ids;
            }

            path = Target(Assert.Single(links));
        }
    }

    private static string Target(string link)
    {
        Assert.EndsWith(">; rel=\"next\"", link, StringComparison.Ordinal);
        return link[1..link.IndexOf('>', StringComparison.Ordinal)];
    }
}
