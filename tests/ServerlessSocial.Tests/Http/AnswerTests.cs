using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Http;

/// <summary>Who may keep answers, and how they travel.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task What_is_the_same_for_everybody_is_sent_once_and_asked_about_afterwards()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var post = await anna.PostAsync("Good morning #coast");
        await host.SettleAsync();
        foreach (var path in (string[])["profiles/anna", $"posts/{post.Id()}", $"posts/{post.Id()}/thread", "tags/coast", "profiles/anna/posts", "openapi.json"])
        {
            using var first = await host.Anonymous.GetAsync(path);
            using var again = await SendAsync(host.Anonymous, path, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));

            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.Equal("public, no-cache", first.Headers.CacheControl?.ToString());
            Assert.Equal("nosniff", Assert.Single(first.Headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("Authorization", first.Headers.Vary);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
            Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        }

        using var before = await host.Anonymous.GetAsync($"posts/{post.Id()}");
        await anna.PutAsync($"posts/{post.Id()}/like");
        await host.SettleAsync();
        using var after = await SendAsync(host.Anonymous, $"posts/{post.Id()}", request => request.Headers.IfNoneMatch.Add(before.Headers.ETag!));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
    }

    [Fact]
    public async Task What_is_the_callers_and_what_is_wrong_is_kept_by_nobody()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var own = await anna.Client.GetAsync("profiles/anna");
        using var me = await anna.Client.GetAsync("me");
        using var missing = await host.Anonymous.GetAsync("profiles/nobody_here");
        using var created = await anna.Client.PostAsJsonAsync("posts", new { text = "Hello" });

        foreach (var answer in (HttpResponseMessage[])[own, me, missing, created])
        {
            Assert.True(answer.Headers.CacheControl is { NoStore: true, Public: false });
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }

        Assert.Null(own.Headers.ETag);
        Assert.NotNull(me.Headers.ETag);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Answers_come_compressed_to_those_who_accept_it(string encoding)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        await host.SettleAsync(); // the new profile is approved in between else
        foreach (var client in (HttpClient[])[anna.Client, host.Anonymous])
        {
            var plain = await client.GetStringAsync("profiles/anna");
            using var response = await SendAsync(client, "profiles/anna", request => request.Headers.AcceptEncoding.Add(new(encoding)));

            Assert.Equal(encoding, Assert.Single(response.Content.Headers.ContentEncoding));
            Assert.Contains("Accept-Encoding", response.Headers.Vary);
            var stream = await response.Content.ReadAsStreamAsync();
            await using Stream unpacked = encoding == "br" ? new BrotliStream(stream, CompressionMode.Decompress) : new GZipStream(stream, CompressionMode.Decompress);
            using var reader = new StreamReader(unpacked);
            Assert.Equal(plain, await reader.ReadToEndAsync());
        }
    }

    [Fact]
    public async Task Pictures_are_not_compressed_again()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(SampleImages.Png);

        using var response = await SendAsync(anna.Client, $"media/{id}", request => request.Headers.AcceptEncoding.Add(new("br")));

        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public void Whatever_answers_GET_answers_HEAD() =>
        Assert.Empty(FunctionCatalog.TriggeredBy<HttpTriggerAttribute>()
            .Where(entry => entry.Trigger.Methods.Contains("get") && !entry.Trigger.Methods.Contains("head"))
            .Select(entry => entry.Function.Name));

    [Fact]
    public async Task HEAD_says_what_GET_would_without_the_body()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        await host.SettleAsync(); // the new profile is approved in between else
        foreach (var (client, path) in ((HttpClient, string)[])[(host.Anonymous, "profiles/anna"), (anna.Client, "me"), (host.Anonymous, "openapi.json"), (host.Anonymous, "profiles/nobody_here")])
        {
            using var get = await client.GetAsync(path);
            using var head = await SendAsync(client, path, request => request.Method = HttpMethod.Head);

            Assert.Equal(get.StatusCode, head.StatusCode);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Equal(get.Headers.CacheControl, head.Headers.CacheControl);
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Letters_and_emoji_are_written_as_themselves()
    {
        const string text = "Früh am Wasser 🌊 山の上　へ, \"quoted\"";
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var post = await anna.PostAsync(text);

        var answer = await anna.Client.GetStringAsync($"posts/{post.Id()}");
        Assert.Contains("Früh am Wasser 🌊 山の上　へ, \\\"quoted\\\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_ends_before_a_megabyte_and_the_next_goes_on()
    {
        const int posts = 30;
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await ben.PutAsync("profiles/anna/follow");
        await ben.Client.ReadAsync("feed");
        await host.SettleAsync();
        var text = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 1_800));
        var root = await anna.PostAsync("The first");
        var ids = new List<string> { root.Id() };
        await host.SettleAsync();
        for (var i = 0; i < posts; i++)
        {
            ids.Add((await anna.PostAsync(new { text, replyTo = root.Id() })).Id());
        }

        await host.SettleAsync();
        ids.Reverse();
        Assert.Equal(ids, await PagesAsync(anna.Client, "profiles/anna/posts", post => post.Id()));
        Assert.Equal(ids, await PagesAsync(host.Anonymous, "profiles/anna/posts", post => post.Id()));
        Assert.Equal(ids.Order(StringComparer.Ordinal), await anna.Client.ThreadAsync(root.Id()));
        Assert.Equal(ids, await PagesAsync(ben.Client, "feed", item => item.GetProperty("post").Id()));
    }

    [Fact]
    public async Task A_long_post_is_quoted_by_its_beginning_and_says_so()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var (shorter, longer) = (await anna.PostAsync(new string('a', 500)), await anna.PostAsync(new string('a', 498) + "👨‍👩‍👧‍👦e\u0301b"));
        await host.SettleAsync();

        var whole = (await anna.PostAsync(new { text = "Look", quote = shorter.Id() })).GetProperty("quoted");
        var cut = (await anna.PostAsync(new { text = "Look", quote = longer.Id() })).GetProperty("quoted");

        Assert.Equal((new string('a', 500), false), (whole.Text("text"), whole.GetProperty("textCut").GetBoolean()));
        Assert.Equal((new string('a', 498) + "👨‍👩‍👧‍👦é…", true), (cut.Text("text"), cut.GetProperty("textCut").GetBoolean()));
    }

    /// <summary>Reads a list to its end in the largest pages, none of which is larger than it may be.</summary>
    private static async Task<List<string>> PagesAsync(HttpClient client, string path, Func<System.Text.Json.JsonElement, string> idOf)
    {
        var ids = new List<string>();
        var pages = 0;
        for (var query = $"{path}?limit=100"; ; pages++)
        {
            var bytes = await client.GetByteArrayAsync(query);
            Assert.InRange(bytes.Length, 2, PageBudget.Bytes + 1_000);
            var page = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(bytes);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(idOf));
            if (!page.TryGetProperty("next", out var next))
            {
                Assert.True(pages > 0, "All of it came in one page.");
                return ids;
            }

            query = $"{path}?limit=100&cursor={Uri.EscapeDataString(next.GetString()!)}";
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change(request);
        return await client.SendAsync(request);
    }
}
