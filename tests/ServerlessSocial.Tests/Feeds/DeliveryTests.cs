using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Feeds;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Feeds;

public sealed class DeliveryTests
{
    [Theory]
    [InlineData(500, 1_000)]
    [InlineData(0, 1_000)]
    [InlineData(0, 1)]
    public async Task A_post_reaches_every_follower_once_however_fan_out_is_divided(int inline, int perMessage)
    {
        await using var world = await FeedWorld.StartAsync($"Feeds:InlineFollowers={inline}", $"Feeds:FollowersPerMessage={perMessage}");
        var anna = await world.ReaderAsync("anna");
        var stranger = await world.ReaderAsync("stranger");
        var followers = new List<TestUser>();
        for (var i = 0; i < 20; i++)
        {
            followers.Add(await world.ReaderAsync($"reader{i}"));
            await world.FollowAsync(followers[i], anna);
        }

        var post = await world.PostAsync(anna, "Hello.");
        await world.SettleAsync();

        foreach (var follower in followers)
        {
            var item = Assert.Single(await FeedWorld.FeedAsync(follower));
            Assert.Equal(post.Id, item.GetProperty("post").GetProperty("id").GetString());
        }

        Assert.Empty(await FeedWorld.FeedAsync(stranger));
        Assert.Equal("own", Assert.Single(await FeedWorld.FeedAsync(anna)).GetProperty("why")[0].GetProperty("reason").GetString());
        Assert.Empty((await world.Documents.QueryAsync<ServerlessSocial.Platform.Pipelines.WaitingDocument>(new(FanOutPostBucket.Queue, 100), default)).Items);
    }

    [Fact]
    public async Task Every_item_says_why_it_is_there()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, ben, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        var mine = await world.PostAsync(anna, "A post.");
        await world.PostAsync(anna, "A reply.", replyTo: mine);
        var bens = await world.PostAsync(ben, "Ben's.");
        await world.SettleAsync();
        await world.BoostAsync(anna, bens);
        await world.SettleAsync();

        var whys = (await FeedWorld.FeedAsync(reader)).Select(item => Assert.Single(item.GetProperty("why").EnumerateArray())).ToList();

        Assert.Equal(["boosted", "replied", "followed"], whys.Select(why => why.GetProperty("reason").GetString()));
        Assert.All(whys, why => Assert.Equal("anna", why.GetProperty("by").GetProperty("handle").GetString()));
        Assert.Equal("anna of the tests, whom you follow, boosted this.", whys[0].GetProperty("text").GetString());
        Assert.Equal("You follow anna of the tests.", whys[2].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Nothing_is_delivered_before_it_is_approved_and_it_is_delivered_then()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);

        var post = await world.PostAsync(anna, "Held.", ModerationStatus.Held);
        await world.SettleAsync();
        Assert.Empty(await FeedWorld.FeedAsync(reader));
        Assert.Empty(await world.StoredAsync(reader));

        await world.ChangePostAsync(post, found => found with { Moderation = found.Moderation with { Status = ModerationStatus.Approved } });
        await world.SettleAsync();
        Assert.Equal(["Held."], await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task Deleted_and_removed_posts_vanish_from_feeds()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        var deleted = await world.PostAsync(anna, "Deleted.");
        var removed = await world.PostAsync(anna, "Removed.");
        await world.PostAsync(anna, "Stays.");
        await world.SettleAsync();
        Assert.Equal(["Stays.", "Removed.", "Deleted."], await FeedWorld.TextsAsync(reader));

        await world.ChangePostAsync(deleted, post => post with { DeletedAt = post.CreatedAt });
        await world.ChangePostAsync(removed, post => post with { Moderation = post.Moderation with { Status = ModerationStatus.Removed } });

        Assert.Equal(["Stays."], await FeedWorld.TextsAsync(reader));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(0)]
    public async Task Fan_out_repeated_changes_nothing(int inline)
    {
        await using var world = await FeedWorld.StartAsync($"Feeds:InlineFollowers={inline}");
        var (anna, ben, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.FollowAsync(reader, ben);
        var post = await world.PostAsync(anna, "Once.");
        await world.SettleAsync();
        await world.BoostAsync(ben, post);
        await world.SettleAsync();

        await world.ChangePostAsync(post, found => found with { Distributed = false });
        await world.SettleAsync();
        var message = new WorkMessage(post.AuthorId, post.Id, post.Revision);
        await world.Host.Services.GetRequiredService<ProjectPost>().RunAsync(message, default);
        for (var bucket = 0; bucket < 16; bucket++)
        {
            // As they were sent before divisions changed with the audience.
            await world.Host.Services.GetRequiredService<FanOutPostBucket>().RunAsync(message with { Part = bucket }, default);
        }

        Assert.Equal(["Once."], await FeedWorld.TextsAsync(reader));
        Assert.Equal(2, (await world.StoredAsync(reader)).Count);
    }

    [Fact]
    public async Task A_page_is_stable_while_others_post()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        var posts = new List<PostDocument>();
        for (var i = 0; i < 25; i++)
        {
            posts.Add(await world.PostAsync(anna, $"Post {i}."));
        }

        await world.SettleAsync();

        var seen = new List<string>();
        for (var query = "feed?limit=4"; ;)
        {
            var (items, next) = await FeedWorld.PageAsync(reader, query);
            Assert.True(items.Count <= 4);
            seen.AddRange(items.Select(item => item.GetProperty("post").GetProperty("id").GetString()!));
            if (next is null)
            {
                break;
            }

            query = $"feed?limit=4&cursor={next}";
            await world.PostAsync(anna, "Meanwhile.");
            await world.SettleAsync();
        }

        Assert.Equal(posts.Select(post => post.Id).Reverse(), seen);
    }

    [Fact]
    public async Task Pages_are_filled_from_behind_what_may_not_be_seen()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.PostAsync(anna, "First.");
        await world.PostAsync(anna, "Second.");
        for (var i = 0; i < 6; i++)
        {
            var gone = await world.PostAsync(anna, "Gone.");
            await world.ChangePostAsync(gone, post => post with { DeletedAt = post.CreatedAt });
            await world.Documents.UpsertManyAsync([FeedEntry.Of(reader.Id, gone)], default);
        }

        await world.SettleAsync();

        var (items, next) = await FeedWorld.PageAsync(reader, "feed?limit=2");

        Assert.Equal(["Second.", "First."], items.Select(item => item.GetProperty("post").GetProperty("text").GetString()));
        Assert.Null(next);
    }

    [Theory]
    [InlineData("feed?mode=other", "mode")]
    [InlineData("feed?mode=", "mode")]
    [InlineData("feed?limit=0", "limit")]
    [InlineData("feed?limit=101", "limit")]
    [InlineData("feed?cursor=forged", "cursor")]
    public async Task What_makes_no_sense_is_a_field_error(string query, string field)
    {
        await using var world = await FeedWorld.StartAsync();
        var reader = await world.SignUpAsync("reader");

        using var response = await reader.Client.GetAsync(query);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(problem.RootElement.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_cursor_of_somebody_else_is_refused()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader, other) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"), await world.ReaderAsync("other"));
        await world.FollowAsync(reader, anna);
        await world.PostAsync(anna, "One.");
        await world.PostAsync(anna, "Two.");
        await world.SettleAsync();
        var (_, next) = await FeedWorld.PageAsync(reader, "feed?limit=1&mode=following");

        using var response = await other.Client.GetAsync($"feed?limit=1&cursor={next}");
        using var anonymous = await world.Host.Anonymous.GetAsync("feed");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
    }
}
