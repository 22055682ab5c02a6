using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Tests.Filters;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Lists;

public sealed class ListFeedTests
{
    [Fact]
    public async Task Posts_of_all_members_come_merged_by_time_once_each_page_by_page_and_of_nobody_else()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var members = new List<TestUser>();
        foreach (var handle in (string[])["ben", "cleo", "dora", "emil"])
        {
            members.Add(await host.SignUpAsync(handle));
        }

        var stranger = await host.SignUpAsync("stranger");
        var expected = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            // One posts seldom, one in bursts, the last one never.
            var author = i % 13 == 0 ? members[2] : i / 10 % 2 == 0 ? members[0] : members[1];
            expected.Insert(0, (await author.PostAsync($"Post {i}")).Id());
            if (i % 10 == 0)
            {
                await stranger.PostAsync($"Elsewhere {i}");
                await author.DeleteAsync($"posts/{(await author.PostAsync("Not for long")).Id()}");
            }
        }

        await host.SettleAsync();
        var list = await anna.ListAsync(new { name = "Some" }, [.. members]);

        foreach (var limit in (int[])[1, 7, 100])
        {
            Assert.Equal(expected, await PostCalls.ListAsync(anna.Client, $"lists/{list}/feed", limit));
        }

        Assert.Empty(await anna.ItemsAsync($"lists/{await anna.ListAsync(new { name = "Nobody" })}/feed"));
        Assert.Equal(HttpStatusCode.NotFound, await members[0].Client.DoAsync(HttpMethod.Get, $"lists/{list}/feed"));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.Anonymous.DoAsync(HttpMethod.Get, $"lists/{list}/feed"));
    }

    [Fact]
    public async Task Followers_posts_take_a_follow_and_mutes_blocks_and_filters_hold()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var list = await anna.ListAsync(new { name = "Some" }, ben, cleo, anna);
        var open = (await ben.PostAsync("For everybody")).Id();
        var veiled = (await ben.PostAsync(new { text = "For followers", visibility = "followers" })).Id();
        var cleos = (await cleo.PostAsync("A word on cabbage")).Id();
        var own = (await anna.PostAsync("My own cabbage")).Id();
        await host.SettleAsync();
        Assert.Equal([own, cleos, open], await IdsAsync());

        await anna.PutAsync("profiles/ben/follow");
        await host.SettleAsync();
        Assert.Equal([own, cleos, veiled, open], await IdsAsync());

        var filter = await anna.FilterAsync(new { phrase = "cabbage", action = "hide", scope = new[] { "home" } });
        Assert.Equal([own, veiled, open], await IdsAsync());
        await anna.DeleteAsync($"me/filters/{filter.Id()}");
        await anna.PutAsync("profiles/cleo/mute");
        Assert.Equal([own, veiled, open], await IdsAsync());
        await anna.DeleteAsync("profiles/cleo/mute");
        await cleo.PutAsync("profiles/anna/block");
        await host.SettleAsync();
        Assert.Equal([own, veiled, open], await IdsAsync());
        await anna.DeleteAsync("profiles/ben/follow");
        await anna.DeleteAsync($"lists/{list}/members/anna");
        await host.SettleAsync();
        Assert.Equal([open], await IdsAsync());

        Task<List<string>> IdsAsync() => PostCalls.ListAsync(anna.Client, $"lists/{list}/feed", 1);
    }

    [Theory]
    [InlineData("none", "root,toOwner,toSelf")]
    [InlineData("list", "root,toOwner,toSelf,toMember")]
    [InlineData("followed", "root,toOwner,toSelf,toFollowed")]
    public async Task Replies_come_as_the_list_says(string policy, string expected)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo, dora, emil) = (
            await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("dora"), await host.SignUpAsync("emil"));
        await anna.PutAsync("profiles/dora/follow");
        var list = await anna.ListAsync(new { name = "Some", repliesPolicy = policy }, ben, cleo);
        var root = (await ben.PostAsync("root")).Id();
        var roots = new Dictionary<string, string> { ["toSelf"] = root };
        foreach (var (name, author) in new[] { ("toOwner", anna), ("toMember", cleo), ("toFollowed", dora), ("toStranger", emil) })
        {
            roots[name] = (await author.PostAsync("Something of mine")).Id();
        }

        await host.SettleAsync();
        foreach (var (name, parent) in roots)
        {
            await ben.PostAsync(new { text = name, replyTo = parent });
        }

        await host.SettleAsync();
        var texts = (await anna.ItemsAsync($"lists/{list}/feed?limit=50")).Where(post => post.GetProperty("author").Text("handle") == "ben").Select(post => post.Text("text"));
        Assert.Equal(expected.Split(',').Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_a_limited_post_nobody_hears_but_its_authors_followers()
    {
        await using var host = await TestHost.StartAsync(
            ["Moderation:Thresholds:Hate:Limit=0.5", "Moderation:Thresholds:Hate:Hold=", "Moderation:Thresholds:Hate:Remove="],
            builder => builder.Services.AddSingleton<ITextClassifier>(new ObedientClassifier()));
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var list = await anna.ListAsync(new { name = "Some" }, ben);
        var limited = (await ben.PostAsync("[Hate] it was")).Id();
        await host.SettleAsync();
        Assert.Equal("limited", (await ben.Client.ReadAsync($"posts/{limited}")).Status());
        Assert.Empty(await anna.ItemsAsync($"lists/{list}/feed"));
        await anna.PutAsync("profiles/ben/follow");
        await host.SettleAsync();
        Assert.Equal([limited], (await anna.ItemsAsync($"lists/{list}/feed")).Select(PostCalls.Id));
    }
}
