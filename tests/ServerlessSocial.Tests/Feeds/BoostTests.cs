using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Feeds;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Feeds;

public sealed class BoostTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(0)]
    public async Task A_boost_brings_a_post_to_the_boosters_followers_and_withdrawing_takes_it_away(int inline)
    {
        await using var world = await FeedWorld.StartAsync($"Feeds:InlineFollowers={inline}");
        var (anna, ben, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, ben);
        await world.FollowAsync(anna, ben);
        var post = await world.PostAsync(anna, "Anna's.");
        await world.SettleAsync();

        await world.BoostAsync(ben, post);
        await world.SettleAsync();
        Assert.Equal(["Anna's."], await FeedWorld.TextsAsync(reader));
        Assert.Equal("own", Assert.Single(await FeedWorld.FeedAsync(anna)).GetProperty("why")[0].GetProperty("reason").GetString());

        await world.UnboostAsync(ben, post);
        await world.SettleAsync();
        Assert.Empty(await FeedWorld.TextsAsync(reader));
        Assert.Empty(await world.StoredAsync(reader));

        await world.BoostAsync(ben, post);
        await world.SettleAsync();
        Assert.Equal(["Anna's."], await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task Whoever_follows_author_and_booster_has_the_post_once_as_the_authors()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, ben, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.FollowAsync(reader, ben);

        var post = await world.PostAsync(anna, "Once.");
        await world.BoostAsync(ben, post);
        await world.SettleAsync();

        var item = Assert.Single(await FeedWorld.FeedAsync(reader));
        Assert.Equal("followed", item.GetProperty("why")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Whoever_follows_two_boosters_has_the_post_once()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, ben, cleo, reader) =
            (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"), await world.ReaderAsync("cleo"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, ben);
        await world.FollowAsync(reader, cleo);
        var post = await world.PostAsync(anna, "Once.");

        await Task.WhenAll(world.BoostAsync(ben, post), world.BoostAsync(cleo, post));
        await world.SettleAsync();

        Assert.Equal(2, Assert.Single(await FeedWorld.FeedAsync(reader)).GetProperty("why").GetArrayLength());
    }

    [Fact]
    public async Task Following_the_author_after_a_boost_brings_the_post_to_its_own_place_and_once()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, ben, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, ben);
        var post = await world.PostAsync(anna, "Once.");
        await world.SettleAsync();
        await world.BoostAsync(ben, post);
        await world.SettleAsync();

        await world.FollowAsync(reader, anna);
        await world.ChangePostAsync(post, found => found with { Distributed = false });
        await world.SettleAsync();

        var item = Assert.Single(await FeedWorld.FeedAsync(reader));
        Assert.Equal("followed", item.GetProperty("why")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_boost_and_the_post_itself_that_overtook_each_other_show_once()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, ben, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, ben);
        var post = await world.PostAsync(anna, "Once.");
        await world.SettleAsync();
        await world.BoostAsync(ben, post);
        await world.SettleAsync();
        await world.FollowAsync(reader, anna);

        // As if delivery had looked for the seat before the boost took it.
        await world.Documents.UpsertManyAsync([FeedEntry.Of(reader.Id, post)], default);

        Assert.Equal(["Once."], await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task A_boost_waits_until_the_post_is_distributed()
    {
        // Without the change feed the post stays as it is: approved and not distributed.
        await using var host = await TestHost.StartAsync(configure: builder =>
            builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(ChangeFeedPump))));
        var world = new FeedWorld(host);
        var (anna, ben) = (await world.SignUpAsync("anna"), await world.SignUpAsync("ben"));
        var post = await world.PostAsync(anna, "On its way.");
        await world.BoostAsync(ben, post);
        var boost = await world.Documents.FindAsync<ReactionDocument>(ben.Id, ReactionDocument.IdOf(ReactionKind.Boost, post.Id), default);
        var fanOut = host.Services.GetRequiredService<BoostFanOut>();

        await Assert.ThrowsAsync<NotDistributedYetException>(() => fanOut.DistributeAsync(boost!, default));
        await world.ChangePostAsync(post, found => found with { Distributed = true });
        await fanOut.DistributeAsync(boost!, default);
    }

    [Fact]
    public async Task Limited_posts_are_not_spread_by_boosts()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, ben, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, ben);
        var post = await world.PostAsync(anna, "Limited.", ModerationStatus.Limited);
        await world.BoostAsync(ben, post);
        await world.SettleAsync();

        Assert.Empty(await FeedWorld.TextsAsync(reader));
    }
}
