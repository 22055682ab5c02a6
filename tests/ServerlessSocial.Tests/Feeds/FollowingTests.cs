using ServerlessSocial.Feeds;
using ServerlessSocial.Moderation;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

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
    public async Task Replies_come_where_they_answer_the_reader_their_own_author_or_somebody_the_reader_follows()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo, reader) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("reader"));
        await reader.ItemsAsync("feed");
        await reader.PutAsync("profiles/anna/follow");
        var (annas, cleos, mine) = (await anna.PostAsync("Anna's"), await cleo.PostAsync("Cleo's"), await reader.PostAsync("Mine"));
        await host.SettleAsync();
        await anna.PostAsync(new { text = "To herself", replyTo = annas.Id() });
        var stranger = await anna.PostAsync(new { text = "To a stranger", replyTo = cleos.Id() });
        await anna.PostAsync(new { text = "To the reader", replyTo = mine.Id() });
        await host.SettleAsync();
        Assert.Equal(["To the reader", "To herself", "Mine", "Anna's"], await TextsAsync());

        await reader.PutAsync("profiles/cleo/follow");
        await host.SettleAsync();
        Assert.Equal(["To the reader", "To a stranger", "To herself", "Mine", "Cleo's", "Anna's"], await TextsAsync());

        await reader.DeleteAsync("profiles/cleo/follow");
        await reader.PutAsync("profiles/ben/follow");
        await ben.PutAsync($"posts/{stranger.Id()}/boost");
        await host.SettleAsync();
        Assert.Equal("To a stranger", (await TextsAsync())[0]);
        reader.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        Assert.Equal(
            ["ben of the tests hat das geteilt; du folgst dem Konto.", "anna of the tests hat auf einen Beitrag geantwortet; du folgst dem Konto.", "Du hast das geschrieben.", "Du folgst anna of the tests."],
            (await reader.ItemsAsync("feed")).Select(item => item.GetProperty("why")[0].Text("text")).Distinct());

        async Task<List<string>> TextsAsync() => [.. (await reader.ItemsAsync("feed")).Select(item => item.GetProperty("post").Text("text"))];
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
