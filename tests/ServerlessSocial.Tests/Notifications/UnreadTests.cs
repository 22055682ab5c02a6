using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Notifications;

/// <summary>Being told once, and of what one asks for.</summary>
public sealed class UnreadTests
{
    [Fact]
    public async Task What_is_taken_back_and_given_again_is_told_once()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var post = await host.PostAsync(anna, "Look");
        string[] acts = [$"posts/{post}/like", $"posts/{post}/boost", "profiles/anna/follow"];
        await DoAllAsync(HttpMethod.Put);
        Assert.Equal(3, await UnreadAsync(anna));
        using (await anna.Client.PostAsync("notifications/read", null))
        {
        }

        for (var i = 0; i < 3; i++)
        {
            await DoAllAsync(HttpMethod.Delete);
            Assert.Empty(await anna.ItemsAsync("notifications"));
            await DoAllAsync(HttpMethod.Put);
        }

        Assert.Equal(3, (await anna.ItemsAsync("notifications")).Count);
        Assert.Equal(0, await UnreadAsync(anna));

        async Task DoAllAsync(HttpMethod method)
        {
            foreach (var act in acts)
            {
                await host.DoAsync(ben, method, act);
            }

            await host.SettleAsync();
        }
    }

    [Fact]
    public async Task Kinds_are_asked_for_by_name()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var post = await host.PostAsync(anna, "Look");
        await host.DoAsync(ben, HttpMethod.Put, $"posts/{post}/like");
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await host.PostAsync(ben, "@anna I see", post);
        await host.SettleAsync();

        Assert.Equal(["like"], await KindsAsync("notifications?kind=like"));
        Assert.Equal(["reply", "follow"], await KindsAsync("notifications?kind=follow,reply"));
        foreach (var wrong in (string[])["likes", "Like", "", "like,", "like, follow"])
        {
            using var answer = await anna.Client.GetAsync($"notifications?kind={Uri.EscapeDataString(wrong)}");
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), (answer.StatusCode, await answer.ProblemAsync()));
        }

        async Task<IEnumerable<string?>> KindsAsync(string path) => (await anna.ItemsAsync(path)).Select(item => item.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task The_count_alone_is_304_until_something_comes_or_is_read()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        using var first = await anna.Client.GetAsync("notifications/unread");
        Assert.Equal(0, (await first.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("unread").GetInt32());
        Assert.Equal(HttpStatusCode.NotModified, (await AgainAsync(first)).StatusCode);

        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await host.SettleAsync();
        using var second = await AgainAsync(first);
        Assert.Equal(1, (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("unread").GetInt32());
        Assert.Equal(HttpStatusCode.NotModified, (await AgainAsync(second)).StatusCode);
        using (await anna.Client.PostAsync("notifications/read", null))
        {
        }

        using var third = await AgainAsync(second);
        Assert.Equal(0, (await third.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("unread").GetInt32());

        async Task<HttpResponseMessage> AgainAsync(HttpResponseMessage before)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "notifications/unread");
            request.Headers.IfNoneMatch.Add(before.Headers.ETag!);
            return await anna.Client.SendAsync(request);
        }
    }

    private static async Task<int> UnreadAsync(TestUser who) => (await who.GetAsync("notifications/unread")).GetProperty("unread").GetInt32();
}
