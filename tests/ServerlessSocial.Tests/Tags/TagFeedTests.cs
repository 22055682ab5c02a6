using System.Text.Json;
using ServerlessSocial.Tests.Feeds;
using ServerlessSocial.Tests.Filters;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Tags;

public sealed class TagFeedTests
{
    [Fact]
    public async Task Posts_under_followed_tags_come_into_the_feed_merged_by_time_and_say_why()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, friend, stranger) = (await host.SignUpAsync("anna"), await host.SignUpAsync("friend"), await host.SignUpAsync("stranger"));
        await FeedWorld.FeedAsync(anna);
        await anna.PutAsync("profiles/friend/follow");
        await host.SettleAsync();
        await anna.PutAsync("tags/Ocean/follow");
        await anna.PutAsync("tags/%E6%97%A5%E6%9C%AC/follow");
        var expected = new List<(string Id, string Reason)>();
        for (var i = 0; i < 45; i++)
        {
            var (author, text, reason) = (i % 4) switch
            {
                0 => (friend, $"Friend {i}", "followed"),
                1 => (friend, $"Friend {i} #ocean", "followed"),
                2 => (stranger, $"Stranger {i} #OCEAN #日本", "tag"),
                _ => (stranger, $"Stranger {i} #日本", "tag"),
            };
            expected.Insert(0, ((await author.PostAsync(text)).Id(), reason));
            await stranger.PostAsync($"Elsewhere {i} #mountain");
        }

        await anna.PostAsync("My own #ocean");
        await host.SettleAsync();
        foreach (var limit in (int[])[1, 7, 100])
        {
            var feed = (await FeedWorld.FeedAsync(anna, limit)).Where(item => item.GetProperty("post").GetProperty("author").Text("handle") != "anna");
            Assert.Equal(expected, feed.Select(item => (item.GetProperty("post").Id(), Why(item).Text("reason"))));
        }

        var why = Why((await FeedWorld.FeedAsync(anna)).First(item => item.GetProperty("post").Text("text").EndsWith("#OCEAN #日本", StringComparison.Ordinal)));
        Assert.Contains(why.Text("tag"), (string[])["ocean", "日本"]);
        Assert.Equal("stranger", why.GetProperty("by").Text("handle"));
        Assert.Equal($"You follow #{why.Text("tag")}.", why.Text("text"));

        await anna.DeleteAsync("tags/ocean/follow");
        await anna.DeleteAsync("tags/%E6%97%A5%E6%9C%AC/follow");
        Assert.DoesNotContain("stranger", (await FeedWorld.FeedAsync(anna)).Select(item => item.GetProperty("post").GetProperty("author").Text("handle")));
    }

    [Fact]
    public async Task A_tag_brings_public_posts_only_and_of_nobody_blocked_muted_or_filtered()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo, dora) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("dora"));
        await anna.PutAsync("tags/ocean/follow");
        var bens = (await ben.PostAsync("Ben at the #ocean")).Id();
        var cleos = (await cleo.PostAsync("Cleo at the #ocean")).Id();
        var doras = (await dora.PostAsync("Dora's cabbage at the #ocean")).Id();
        await ben.PostAsync(new { text = "For some #ocean", visibility = "followers" });
        await host.SettleAsync();
        Assert.Equal([doras, cleos, bens], await IdsAsync(anna));

        await anna.PutAsync("profiles/cleo/mute");
        var filter = await anna.FilterAsync(new { phrase = "cabbage", action = "hide" });
        Assert.Equal([bens], await IdsAsync(anna));
        await ben.PutAsync("profiles/anna/block");
        await host.SettleAsync();
        Assert.Empty(await IdsAsync(anna));
        await anna.DeleteAsync("profiles/cleo/mute");
        await anna.DeleteAsync($"me/filters/{filter.Id()}");
        await cleo.DeleteAsync($"posts/{cleos}");
        await host.SettleAsync();
        Assert.Equal([doras], await IdsAsync(anna));
    }

    [Fact]
    public async Task What_comes_by_its_author_or_a_boost_comes_once_and_stays_by_its_tag_when_they_are_gone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, author, booster) = (await host.SignUpAsync("anna"), await host.SignUpAsync("author"), await host.SignUpAsync("booster"));
        await FeedWorld.FeedAsync(anna);
        await anna.PutAsync("profiles/author/follow");
        await anna.PutAsync("profiles/booster/follow");
        await host.SettleAsync();
        await anna.PutAsync("tags/ocean/follow");
        var post = (await author.PostAsync("At the #ocean")).Id();
        await host.SettleAsync();
        await booster.PutAsync($"posts/{post}/boost");
        await host.SettleAsync();
        Assert.Equal([post], await IdsAsync(anna));

        await anna.DeleteAsync("profiles/author/follow");
        await host.SettleAsync();
        Assert.Equal([post], await IdsAsync(anna));
        await anna.DeleteAsync("profiles/booster/follow");
        await host.SettleAsync();
        Assert.Equal([post], await IdsAsync(anna));
        Assert.Equal("tag", Why((await FeedWorld.FeedAsync(anna))[0]).Text("reason"));
    }

    private static JsonElement Why(JsonElement item) => Assert.Single(item.GetProperty("why").EnumerateArray());

    private static async Task<string[]> IdsAsync(TestUser reader) => [.. (await FeedWorld.FeedAsync(reader, 2)).Select(item => item.GetProperty("post").Id())];
}
