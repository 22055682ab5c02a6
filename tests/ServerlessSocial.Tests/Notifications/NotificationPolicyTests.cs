using System.Net;
using System.Net.Http.Json;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Notifications;

public sealed class NotificationPolicyTests
{
    [Fact]
    public async Task Strangers_wait_among_the_requests_until_they_are_accepted()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        await host.DoAsync(anna, HttpMethod.Put, "profiles/cleo/follow");
        await host.PostAsync(ben, "One for @anna");
        await host.PostAsync(ben, "Two for @anna");
        await host.PostAsync(cleo, "Three for @anna");
        Assert.Equal(3, (await anna.ItemsAsync("notifications")).Count);
        Assert.Empty(await anna.ItemsAsync("notifications/requests"));

        await SetAsync(anna, "filter", "accept");

        Assert.Equal("cleo", Actor(Assert.Single(await anna.ItemsAsync("notifications"))));
        Assert.Equal(1, (await anna.GetAsync("notifications/unread")).GetProperty("unread").GetInt32());
        var request = Assert.Single(await anna.ItemsAsync("notifications/requests"));
        Assert.Equal(("ben", 2), (request.GetProperty("profile").GetProperty("handle").GetString(), request.GetProperty("count").GetInt32()));
        Assert.Empty(await ben.ItemsAsync("notifications/requests"));

        await host.DoAsync(anna, HttpMethod.Delete, "notifications/requests/ben");
        Assert.Empty(await anna.ItemsAsync("notifications/requests"));
        Assert.Single(await anna.ItemsAsync("notifications"));
        await host.PostAsync(ben, "Four for @anna");
        Assert.Single(await anna.ItemsAsync("notifications/requests"));

        await host.DoAsync(anna, HttpMethod.Put, "notifications/requests/ben");
        Assert.Empty(await anna.ItemsAsync("notifications/requests"));
        Assert.Equal(4, (await anna.ItemsAsync("notifications")).Count);
    }

    [Fact]
    public async Task Who_is_not_told_of_makes_nothing_unread_and_moves_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, held, dropped, mona) = (
            await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("held"), await host.SignUpAsync("dropped"), await host.SignUpAsync("mona", "moderator"));
        var post = await host.PostAsync(anna, "Good morning!");
        await host.DoAsync(anna, HttpMethod.Put, "profiles/ben/follow");
        await host.DoAsync(ben, HttpMethod.Put, $"posts/{post}/like");
        await host.SettleAsync();
        await SetAsync(anna, "drop", "accept");
        await host.DoAsync(anna, HttpMethod.Post, "notifications/read");
        var before = Assert.Single(await anna.ItemsAsync("notifications")).GetRawText();
        await mona.SendAsync("moderation/accounts/held/sanctions", new { kind = "limit", clause = "spam", reason = "Slow down." });
        await host.SettleAsync();

        await host.DoAsync(held, HttpMethod.Put, $"posts/{post}/like");
        await host.DoAsync(dropped, HttpMethod.Put, $"posts/{post}/like");
        await host.SettleAsync();

        Assert.Equal(0, (await anna.GetAsync("notifications/unread")).GetProperty("unread").GetInt32());
        var after = Assert.Single(await anna.ItemsAsync("notifications"));
        Assert.True(after.GetProperty("read").GetBoolean());
        using var once = System.Text.Json.JsonDocument.Parse(before);
        foreach (var field in (string[])["id", "count", "createdAt", "text"])
        {
            Assert.Equal(once.RootElement.GetProperty(field).GetRawText(), after.GetProperty(field).GetRawText());
        }
    }

    [Fact]
    public async Task New_accounts_can_be_dropped_and_come_again_when_the_policy_changes()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var post = await host.PostAsync(anna, "Good morning!");
        await host.DoAsync(ben, HttpMethod.Put, $"posts/{post}/like");

        await SetAsync(anna, "filter", "drop");
        Assert.Empty(await anna.ItemsAsync("notifications"));
        Assert.Empty(await anna.ItemsAsync("notifications/requests"));
        Assert.Equal("drop", (await anna.GetAsync("me/notifications/policy")).GetProperty("newAccounts").GetString());

        await SetAsync(anna, "accept", "accept");
        Assert.Single(await anna.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task Kinds_are_filtered_and_unknown_ones_refused()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var post = await host.PostAsync(anna, "Good morning!");
        await host.DoAsync(ben, HttpMethod.Put, $"posts/{post}/like");
        await host.PostAsync(ben, "Morning.", replyTo: post);
        await host.PostAsync(ben, "Hello @anna");

        Assert.Equal(["mention", "reply"], (await anna.ItemsAsync("notifications?kind=reply,mention")).Select(item => item.GetProperty("kind").GetString()));
        var reply = Assert.Single(await anna.ItemsAsync("notifications?kind=reply"));
        Assert.Equal(post, reply.GetProperty("post").GetProperty("inReplyTo").GetProperty("id").GetString());
        using var refused = await anna.Client.GetAsync("notifications?kind=reply,shout");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task A_policy_must_be_whole_and_a_person_there()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var half = await anna.Client.PutAsJsonAsync("me/notifications/policy", new { notFollowing = "filter" });
        using var nobody = await anna.Client.PutAsync("notifications/requests/nobody", null);

        Assert.Equal(HttpStatusCode.BadRequest, half.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        Assert.Equal("accept", (await anna.GetAsync("me/notifications/policy")).GetProperty("notFollowing").GetString());
    }

    private static string? Actor(System.Text.Json.JsonElement item) => item.GetProperty("actors")[0].GetProperty("handle").GetString();

    private static async Task SetAsync(TestUser user, string notFollowing, string newAccounts)
    {
        using var set = await user.Client.PutAsJsonAsync("me/notifications/policy", new { notFollowing, newAccounts });
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
    }
}
