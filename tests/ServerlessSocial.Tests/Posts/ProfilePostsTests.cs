using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessSocial.Tests.Posts;

/// <summary>A profile's page: posts and boosts by time, what is pinned first, filters.</summary>
public sealed class ProfilePostsTests
{
    [Fact]
    public async Task Posts_and_boosts_stand_in_the_order_of_the_act_page_by_page()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var old = await anna.PostAsync("Old news");
        await host.SettleAsync();
        var first = await ben.PostAsync("First");
        await host.SettleAsync();
        await ben.PutAsync($"posts/{old.Id()}/boost");
        var reply = await ben.PostAsync(new { text = "Really?", replyTo = old.Id() });
        var second = await ben.PostAsync("Second");
        await host.SettleAsync();
        var self = await ben.PostAsync(new { text = "More of it", replyTo = second.Id() });
        await ben.PutAsync($"posts/{first.Id()}/boost");
        await host.SettleAsync();

        string[] all = [first.Id(), self.Id(), second.Id(), reply.Id(), old.Id(), first.Id()];
        Assert.Equal(all, await host.Anonymous.ListAsync("profiles/ben/posts"));
        Assert.Equal(all, await host.Anonymous.ListAsync("profiles/ben/posts", limit: 1));
        Assert.Equal(all, await host.Anonymous.ListAsync("profiles/ben/posts", limit: 2));
        Assert.Equal([first.Id(), self.Id(), second.Id(), old.Id(), first.Id()], await IdsAsync(host.Anonymous, "profiles/ben/posts?filter=posts"));
        Assert.Equal([self.Id(), reply.Id()], await IdsAsync(host.Anonymous, "profiles/ben/posts?filter=replies"));
        Assert.Empty(await IdsAsync(host.Anonymous, "profiles/ben/posts?filter=media"));
        Assert.Equal(HttpStatusCode.BadRequest, await host.Anonymous.StatusAsync("profiles/ben/posts?filter=everything"));

        var items = (await host.Anonymous.ReadAsync("profiles/ben/posts")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("ben", items[4].GetProperty("boostedBy").Text("handle"));
        Assert.Equal("anna", items[4].GetProperty("author").Text("handle"));
        Assert.True(items[4].GetProperty("boostedAt").GetDateTimeOffset() > items[5].GetProperty("createdAt").GetDateTimeOffset());
        Assert.False(items[1].TryGetProperty("boostedBy", out _));

        await ben.DeleteAsync($"posts/{old.Id()}/boost");
        Assert.DoesNotContain(old.Id(), await host.Anonymous.ListAsync("profiles/ben/posts"));
    }

    [Fact]
    public async Task Three_posts_can_be_pinned_and_stand_first_the_newest_pin_before_the_others()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var posts = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            posts.Add((await anna.PostAsync($"Post {i}")).Id());
        }

        var closed = (await anna.PostAsync(new { text = "For friends", visibility = "followers" })).Id();
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.OK, await anna.PutAsync($"posts/{posts[3]}/pin"));
        Assert.Equal(HttpStatusCode.OK, await anna.PutAsync($"posts/{closed}/pin"));
        Assert.Equal(HttpStatusCode.OK, await anna.PutAsync($"posts/{posts[0]}/pin"));
        Assert.Equal(HttpStatusCode.OK, await anna.PutAsync($"posts/{posts[0]}/pin"));
        using (var refused = await anna.Client.PutAsync($"posts/{posts[1]}/pin", null))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.EndsWith("too-many-pins", (await refused.Content.ReadFromJsonAsync<JsonElement>()).Text("type"));
        }

        Assert.Equal(HttpStatusCode.NotFound, await ben.PutAsync($"posts/{posts[0]}/pin"));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.Anonymous.DoAsync(HttpMethod.Put, $"posts/{posts[0]}/pin"));
        string[] expected = [posts[0], posts[3], posts[4], posts[2], posts[1]];
        Assert.Equal(expected, await host.Anonymous.ListAsync("profiles/anna/posts"));
        Assert.Equal(expected, await host.Anonymous.ListAsync("profiles/anna/posts", limit: 2));
        Assert.Equal([posts[0], closed, posts[3], posts[4], posts[2], posts[1]], await anna.Client.ListAsync("profiles/anna/posts", limit: 3));
        var top = (await ben.Client.ReadAsync("profiles/anna/posts")).GetProperty("items")[0];
        Assert.True(top.GetProperty("pinned").GetBoolean());
        Assert.False(top.GetProperty("viewer").GetProperty("pinned").GetBoolean());
        Assert.True((await anna.Client.ReadAsync($"posts/{posts[3]}")).GetProperty("viewer").GetProperty("pinned").GetBoolean());

        // One that is gone makes room; one that is unpinned goes back to its place.
        await anna.DeleteAsync($"posts/{posts[3]}");
        Assert.Equal(HttpStatusCode.OK, await anna.PutAsync($"posts/{posts[1]}/pin"));
        Assert.Equal(HttpStatusCode.OK, await anna.DeleteAsync($"posts/{posts[0]}/pin"));
        Assert.Equal([posts[1], posts[4], posts[2], posts[0]], await host.Anonymous.ListAsync("profiles/anna/posts"));
    }

    private static async Task<string[]> IdsAsync(HttpClient client, string path) =>
        [.. (await client.ReadAsync(path)).GetProperty("items").EnumerateArray().Select(PostCalls.Id)];
}
