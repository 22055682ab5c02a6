using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Media;

namespace ServerlessSocial.Tests.Feeds;

/// <summary>Learning cheaply whether there is something new.</summary>
public sealed class NewerTests
{
    [Fact]
    public async Task Since_tells_what_is_new_and_304_that_nothing_is()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.PostAsync(anna, "Old.");
        await world.SettleAsync();

        using var first = await reader.Client.GetAsync("feed");
        var since = (await first.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("since").GetString()!;
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(reader, since, first)).Status);

        await world.PostAsync(anna, "New.");
        await world.PostAsync(anna, "Newer.");
        await world.SettleAsync();
        var (status, page, answer) = await AskAsync(reader, since, first);

        Assert.Equal((HttpStatusCode.OK, 2), (status, page.GetProperty("newer").GetInt32()));
        Assert.Equal(["Newer.", "New."], page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("post").GetProperty("text").GetString()));
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(reader, page.GetProperty("since").GetString()!, answer)).Status);
    }

    [Fact]
    public async Task Where_more_came_than_fits_the_page_the_next_one_closes_the_gap()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.PostAsync(anna, "Known.");
        await world.SettleAsync();
        using var first = await reader.Client.GetAsync("feed");
        var since = (await first.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("since").GetString()!;
        for (var i = 1; i <= 5; i++)
        {
            await world.PostAsync(anna, $"New {i}.");
        }

        await world.SettleAsync();
        var texts = new List<string?>();
        var page = await reader.Client.GetFromJsonAsync<JsonElement>($"feed?since={since}&limit=2");
        for (var pages = 0; pages < 5; pages++)
        {
            texts.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("post").GetProperty("text").GetString()));
            if (texts.Contains("Known.") || !page.TryGetProperty("next", out var next))
            {
                break;
            }

            page = await reader.Client.GetFromJsonAsync<JsonElement>($"feed?cursor={next.GetString()}&limit=2");
        }

        Assert.Equal(["New 5.", "New 4.", "New 3.", "New 2.", "New 1.", "Known."], texts);
    }

    [Fact]
    public async Task An_empty_feed_has_a_beginning_too_and_the_token_of_another_reader_is_none()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        using var empty = await reader.Client.GetAsync("feed");
        var since = (await empty.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("since").GetString()!;
        await world.PostAsync(anna, "First.");
        await world.SettleAsync();

        Assert.Equal(1, (await AskAsync(reader, since, empty)).Page.GetProperty("newer").GetInt32());
        foreach (var wrong in (string[])[since, "nothing", ""])
        {
            using var refused = await anna.Client.GetAsync($"feed?since={wrong}");
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), (refused.StatusCode, await refused.ProblemAsync()));
        }
    }

    private static async Task<(HttpStatusCode Status, JsonElement Page, HttpResponseMessage Answer)> AskAsync(TestUser reader, string since, HttpResponseMessage before)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"feed?since={since}");
        request.Headers.IfNoneMatch.Add(before.Headers.ETag!);
        var answer = await reader.Client.SendAsync(request);
        return (answer.StatusCode, answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default, answer);
    }
}
