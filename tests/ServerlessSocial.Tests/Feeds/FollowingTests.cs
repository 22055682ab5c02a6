using ServerlessSocial.Feeds;
using ServerlessSocial.Moderation;

namespace ServerlessSocial.Tests.Feeds;

public sealed class FollowingTests
{
    [Fact]
    public async Task A_new_follow_brings_the_visible_posts_the_older_ones_when_they_are_read()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.SignUpAsync("anna"), await world.ReaderAsync("reader"));
        for (var i = 0; i < 25; i++)
        {
            await world.PostAsync(anna, $"Post {i}.", i == 24 ? ModerationStatus.Held : ModerationStatus.Approved);
        }

        await world.SettleAsync();
        await world.FollowAsync(reader, anna);
        await world.FollowAsync(reader, anna);

        Assert.Equal(19, (await world.StoredAsync(reader)).Count);
        Assert.Equal(Enumerable.Range(0, 24).Reverse().Select(i => $"Post {i}."), await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task Unfollowing_takes_an_authors_posts_and_boosts_away_and_following_again_brings_them_back()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, ben, cleo, reader) =
            (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"), await world.ReaderAsync("cleo"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.FollowAsync(reader, ben);
        await world.PostAsync(anna, "Anna's.");
        await world.PostAsync(ben, "Ben's.");
        var cleos = await world.PostAsync(cleo, "Cleo's.");
        await world.SettleAsync();
        await world.BoostAsync(anna, cleos);
        await world.SettleAsync();
        Assert.Equal(["Cleo's.", "Ben's.", "Anna's."], await FeedWorld.TextsAsync(reader));

        await world.UnfollowAsync(reader, anna);
        Assert.Equal(["Ben's."], await FeedWorld.TextsAsync(reader));
        Assert.Single(await world.StoredAsync(reader));

        await world.FollowAsync(reader, anna);
        await world.BoostAsync(ben, cleos);
        await world.SettleAsync();
        Assert.Equal(["Cleo's.", "Ben's.", "Anna's."], await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task Entries_of_who_is_not_followed_any_more_are_passed_over_before_any_clean_up()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.PostAsync(anna, "Anna's.");
        await world.SettleAsync();

        await world.SetRelationAsync(reader.Id, anna.Id, relation => relation with { Following = false });

        Assert.Empty(await FeedWorld.TextsAsync(reader));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Blocking_or_muting_also_takes_the_authors_posts_away_that_others_boosted(bool block)
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, ben, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, ben);
        var annas = await world.PostAsync(anna, "Anna's.");
        await world.PostAsync(ben, "Ben's.");
        await world.SettleAsync();
        await world.BoostAsync(ben, annas);
        await world.SettleAsync();
        Assert.Equal(["Anna's.", "Ben's."], await FeedWorld.TextsAsync(reader));

        await world.SetRelationAsync(reader.Id, anna.Id, relation => relation with { Blocking = block, Muting = !block });
        Assert.Equal(["Ben's."], await FeedWorld.TextsAsync(reader));
        await world.Maintenance.RemoveAuthorAsync(reader.Id, anna.Id, default);
        await world.Maintenance.RemoveAuthorAsync(reader.Id, anna.Id, default);

        Assert.Equal(["Ben's."], await FeedWorld.TextsAsync(reader));

        // And the end of it brings them back.
        await world.SetRelationAsync(reader.Id, anna.Id, relation => relation with { Blocking = false, Muting = false });
        Assert.Equal(["Anna's.", "Ben's."], await FeedWorld.TextsAsync(reader));
    }
}
