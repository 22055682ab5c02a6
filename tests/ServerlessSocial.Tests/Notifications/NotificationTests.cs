using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Notifications;

public sealed class NotificationTests
{
    [Fact]
    public async Task Likes_of_a_post_come_as_one_and_disappear_when_taken_back()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var id = await host.PostAsync(anna, "Good morning!");

        await host.DoAsync(ben, HttpMethod.Put, $"posts/{id}/like");
        await host.DoAsync(cleo, HttpMethod.Put, $"posts/{id}/like");
        await host.DoAsync(cleo, HttpMethod.Put, $"posts/{id}/like");
        await host.DoAsync(anna, HttpMethod.Put, $"posts/{id}/like");

        var likes = Assert.Single(await anna.ItemsAsync("notifications"));
        Assert.Equal("like", likes.GetProperty("kind").GetString());
        Assert.Equal(2, likes.GetProperty("count").GetInt32());
        Assert.Equal(["cleo", "ben"], likes.GetProperty("actors").EnumerateArray().Select(actor => actor.GetProperty("handle").GetString()));
        Assert.Equal("cleo of the tests and ben of the tests liked your post.", likes.GetProperty("text").GetString());
        Assert.Equal(id, likes.GetProperty("post").GetProperty("id").GetString());

        await host.DoAsync(cleo, HttpMethod.Delete, $"posts/{id}/like");
        Assert.Equal(1, Assert.Single(await anna.ItemsAsync("notifications")).GetProperty("count").GetInt32());
        await host.DoAsync(ben, HttpMethod.Delete, $"posts/{id}/like");
        Assert.Empty(await anna.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task Follows_replies_mentions_and_boosts_are_told_newest_first()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var id = await host.PostAsync(anna, "Good morning!");

        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await host.PostAsync(ben, "Good morning to you too!", replyTo: id);
        await host.PostAsync(ben, "Just met @anna in the park.");
        await host.DoAsync(ben, HttpMethod.Put, $"posts/{id}/boost");

        Assert.Equal(
            ["boost", "mention", "reply", "follow"],
            (await anna.ItemsAsync("notifications")).Select(item => item.GetProperty("kind").GetString()));
        Assert.Empty(await ben.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task The_read_marker_moves_forward_only()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await host.PostAsync(ben, "One for @anna");
        await host.PostAsync(ben, "Two for @anna");
        var (items, unread) = await ReadAsync(anna);
        Assert.Equal([false, false], items.Select(IsRead));
        Assert.Equal(2, unread);

        await MarkAsync(anna, items[1].GetProperty("id").GetString());
        (items, unread) = await ReadAsync(anna);
        Assert.Equal([false, true], items.Select(IsRead));
        Assert.Equal(1, unread);

        await MarkAsync(anna, null);
        await MarkAsync(anna, items[1].GetProperty("id").GetString());
        (items, unread) = await ReadAsync(anna);
        Assert.Equal([true, true], items.Select(IsRead));
        Assert.Equal(0, unread);

        await host.PostAsync(ben, "Three for @anna");
        (items, unread) = await ReadAsync(anna);
        Assert.Equal([false, true, true], items.Select(IsRead));
        Assert.Equal(1, unread);
    }

    [Fact]
    public async Task A_marker_from_the_future_marks_no_more_than_there_is()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));

        await MarkAsync(anna, new string('f', 32) + ":Mention");
        await host.PostAsync(ben, "News for @anna");

        var (items, unread) = await ReadAsync(anna);
        Assert.False(IsRead(Assert.Single(items)));
        Assert.Equal(1, unread);
    }

    [Theory]
    [InlineData("{\"upTo\":\"yesterday\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"upTo\":7}", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.NoContent)]
    [InlineData("", HttpStatusCode.NoContent)]
    public async Task The_body_of_a_mark_is_checked(string body, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var content = body.Length == 0 ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await anna.Client.PostAsync("notifications/read", content);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("anna", "block", "ben")]
    [InlineData("anna", "mute", "ben")]
    [InlineData("ben", "block", "anna")]
    public async Task Whoever_is_blocked_or_muted_is_not_heard_of(string who, string what, string whom)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var id = await host.PostAsync(anna, "Good morning!");
        await host.DoAsync(ben, HttpMethod.Put, $"posts/{id}/like");
        await host.DoAsync(cleo, HttpMethod.Put, $"posts/{id}/like");
        await host.PostAsync(ben, "Hey @anna!");

        await host.DoAsync(who == "anna" ? anna : ben, HttpMethod.Put, $"profiles/{whom}/{what}");

        var (items, unread) = await ReadAsync(anna);
        Assert.Equal("cleo", Assert.Single(Assert.Single(items).GetProperty("actors").EnumerateArray()).GetProperty("handle").GetString());
        Assert.Equal(1, unread);
    }

    [Fact]
    public async Task A_reply_that_is_deleted_or_removed_is_not_heard_of()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "Good morning!");
        var deleted = await host.PostAsync(ben, "Morning.", replyTo: id);
        var removed = await host.PostAsync(ben, "Morning again.", replyTo: id);
        Assert.Equal(2, (await anna.ItemsAsync("notifications")).Count);

        await host.DoAsync(ben, HttpMethod.Delete, $"posts/{deleted}");
        await host.DecideAsync(mona, removed, "remove");

        Assert.Empty(await anna.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task A_post_released_late_is_news_although_everything_before_was_read()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var held = await host.PostAsync(ben, "@anna [IllegalGoods]");
        await host.PostAsync(ben, "@anna harmless");
        await MarkAsync(anna, null);

        await host.DecideAsync(mona, held, "restore");

        var (items, unread) = await ReadAsync(anna);
        Assert.Equal(held, items[0].GetProperty("post").GetProperty("id").GetString());
        Assert.Equal(1, unread);

        await host.DecideAsync(mona, held, "remove");
        Assert.Single(await anna.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task Pages_join_without_gap_or_repetition()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var posts = new List<string>();
        for (var i = 0; i < 9; i++)
        {
            posts.Add(await host.PostAsync(ben, $"Number {i} for @anna"));
        }

        var seen = new List<string>();
        for (var path = "notifications?limit=2"; ;)
        {
            var page = await anna.GetAsync(path);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("post").GetProperty("id").GetString()!));
            if (!page.TryGetProperty("next", out var next))
            {
                break;
            }

            path = $"notifications?limit=2&cursor={next.GetString()}";
        }

        posts.Reverse();
        Assert.Equal(posts, seen);
        Assert.Equal(9, (await anna.GetAsync("notifications?limit=1")).GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task A_cursor_of_somebody_else_is_refused()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await host.PostAsync(ben, "One for @anna");
        await host.PostAsync(ben, "Two for @anna");
        var next = (await anna.GetAsync("notifications?limit=1")).GetProperty("next").GetString();

        using var refused = await ben.Client.GetAsync($"notifications?limit=1&cursor={next}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private static bool IsRead(JsonElement item) => item.GetProperty("read").GetBoolean();

    private static async Task<(IReadOnlyList<JsonElement> Items, int Unread)> ReadAsync(TestUser user)
    {
        var page = await user.GetAsync("notifications");
        return ([.. page.GetProperty("items").EnumerateArray()], page.GetProperty("unread").GetInt32());
    }

    private static async Task MarkAsync(TestUser user, string? upTo)
    {
        using var response = await user.Client.PostAsJsonAsync("notifications/read", new { upTo });
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }
}
