using ServerlessSocial.Feeds;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Tests.Feeds;

public sealed class PullTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(10_000)]
    public async Task Fetching_shows_what_delivering_shows(int pushLimit)
    {
        await using var world = await FeedWorld.StartAsync($"Feeds:PushLimit={pushLimit}", "Feeds:PullSeconds=0");
        var (anna, ben) = (await world.ReaderAsync("anna"), await world.ReaderAsync("ben"));
        var readers = new List<TestUser>();
        for (var i = 0; i < 4; i++)
        {
            readers.Add(await world.ReaderAsync($"reader{i}"));
            await world.FollowAsync(readers[i], anna);
        }

        var late = await world.PostAsync(anna, "Approved late.", ModerationStatus.Held);
        await world.PostAsync(anna, "First.");
        await world.SettleAsync();
        foreach (var reader in readers)
        {
            Assert.Equal(["First."], await FeedWorld.TextsAsync(reader));
        }

        var gone = await world.PostAsync(anna, "Gone.");
        await world.ChangePostAsync(late, post => post with { Moderation = post.Moderation with { Status = ModerationStatus.Approved } });
        await world.PostAsync(anna, "Second.");
        var bens = await world.PostAsync(ben, "Ben's.");
        await world.SettleAsync();
        await world.BoostAsync(anna, bens);
        await world.ChangePostAsync(gone, post => post with { DeletedAt = post.CreatedAt });
        await world.SettleAsync();

        foreach (var reader in readers)
        {
            Assert.Equal(["Ben's.", "Second.", "First.", "Approved late."], await FeedWorld.TextsAsync(reader));
            Assert.Equal(["Ben's.", "Second.", "First.", "Approved late."], await FeedWorld.TextsAsync(reader));
        }

        await world.UnboostAsync(anna, bens);
        await world.SettleAsync();
        Assert.Equal(["Second.", "First.", "Approved late."], await FeedWorld.TextsAsync(readers[0]));
        Assert.Equal(pushLimit == 2, (await world.ProfileAsync(anna)).Pulled);
    }

    [Fact]
    public async Task From_the_limit_on_nothing_is_delivered_and_every_feed_is_told()
    {
        await using var world = await FeedWorld.StartAsync("Feeds:PushLimit=2", "Feeds:FollowersPerMessage=1");
        var anna = await world.SignUpAsync("anna");
        var readers = new List<TestUser>();
        for (var i = 0; i < 40; i++)
        {
            readers.Add(await world.ReaderAsync($"reader{i}"));
            await world.FollowAsync(readers[i], anna);
        }

        await world.PostAsync(anna, "First.");
        await world.SettleAsync();
        await world.PostAsync(anna, "Second.");
        await world.SettleAsync();

        foreach (var reader in readers)
        {
            Assert.Empty(await world.StoredAsync(reader));
            Assert.Equal([anna.Id], (await world.Documents.FindAsync<FeedHead>(reader.Id, FeedHead.HeadId, default))!.Pulled);
        }

        Assert.Equal(["Second.", "First."], await FeedWorld.TextsAsync(readers[0]));
    }

    [Fact]
    public async Task Where_the_post_with_which_it_began_was_gone_before_feeds_were_told_the_next_one_tells_them()
    {
        await using var world = await FeedWorld.StartAsync("Feeds:PushLimit=1");
        var (anna, one, two) = (await world.SignUpAsync("anna"), await world.ReaderAsync("one"), await world.ReaderAsync("two"));
        await world.FollowAsync(one, anna);
        await world.FollowAsync(two, anna);

        // As a worker leaves it that dies behind its first write.
        await world.Documents.UpdateAsync<ProfileDocument>(anna.Id, anna.Id, found => found with { Pulled = true }, default);
        await world.PostAsync(anna, "Next.");
        await world.SettleAsync();

        Assert.Equal(["Next."], await FeedWorld.TextsAsync(one));
        Assert.Equal(["Next."], await FeedWorld.TextsAsync(two));
        var told = (await world.ProfileAsync(anna)).Revision;
        await world.PostAsync(anna, "And one more.");
        await world.SettleAsync();
        Assert.Equal(told, (await world.ProfileAsync(anna)).Revision);
    }

    [Fact]
    public async Task Later_followers_and_first_readers_fetch_too_and_unfollowing_ends_it()
    {
        await using var world = await FeedWorld.StartAsync("Feeds:PushLimit=1", "Feeds:PullSeconds=0");
        var (anna, one, two) = (await world.SignUpAsync("anna"), await world.ReaderAsync("one"), await world.ReaderAsync("two"));
        await world.FollowAsync(one, anna);
        await world.FollowAsync(two, anna);
        await world.PostAsync(anna, "First.");
        await world.SettleAsync();
        var later = await world.ReaderAsync("later");
        await world.FollowAsync(later, anna);

        Assert.Equal(["First."], await FeedWorld.TextsAsync(later));
        Assert.Equal(["First."], await FeedWorld.TextsAsync(one));
        await world.UnfollowAsync(one, anna);
        Assert.Empty(await FeedWorld.TextsAsync(one));
        Assert.Empty((await world.Documents.FindAsync<FeedHead>(one.Id, FeedHead.HeadId, default))!.Pulled);

        await world.PostAsync(anna, "Second.");
        await world.SettleAsync();
        Assert.Empty(await FeedWorld.TextsAsync(one));
        Assert.Equal(["Second.", "First."], await FeedWorld.TextsAsync(later));
    }

    [Fact]
    public async Task What_was_fetched_counts_as_fresh_for_a_while()
    {
        await using var world = await FeedWorld.StartAsync("Feeds:PushLimit=1", "Feeds:PullSeconds=3600");
        var (anna, one, two) = (await world.SignUpAsync("anna"), await world.ReaderAsync("one"), await world.ReaderAsync("two"));
        await world.FollowAsync(one, anna);
        await world.FollowAsync(two, anna);
        await world.PostAsync(anna, "First.");
        await world.SettleAsync();
        Assert.Equal(["First."], await FeedWorld.TextsAsync(one));

        await world.PostAsync(anna, "Second.");
        await world.SettleAsync();
        Assert.Equal(["First."], await FeedWorld.TextsAsync(one));

        await world.Documents.UpdateAsync<FeedHead>(one.Id, FeedHead.HeadId, head => head with { PulledAt = head.PulledAt.AddHours(-2) }, default);
        Assert.Equal(["Second.", "First."], await FeedWorld.TextsAsync(one));
    }

    [Fact]
    public async Task Followers_who_never_read_change_nothing_for_those_who_do()
    {
        await using var world = await FeedWorld.StartAsync("Feeds:PushLimit=2");
        var (anna, reader) = (await world.SignUpAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        for (var i = 0; i < 5; i++)
        {
            await world.FollowAsync(await world.SignUpAsync($"puppet{i}"), anna);
        }

        await world.PostAsync(anna, "First.");
        await world.SettleAsync();
        var counted = await world.ProfileAsync(anna);
        await world.PostAsync(anna, "Second.");
        await world.SettleAsync();

        Assert.Equal(2, (await world.StoredAsync(reader)).Count);
        Assert.False(counted.Pulled);
        Assert.Equal(counted.Revision, (await world.ProfileAsync(anna)).Revision);
    }

    [Fact]
    public async Task Beyond_ten_times_the_limit_followers_fetch_whoever_reads()
    {
        await using var world = await FeedWorld.StartAsync("Feeds:PushLimit=1", "Feeds:PullSeconds=0");
        var (anna, reader) = (await world.SignUpAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        for (var i = 0; i < 10; i++)
        {
            await world.FollowAsync(await world.SignUpAsync($"puppet{i}"), anna);
        }

        await world.PostAsync(anna, "First.");
        await world.SettleAsync();

        Assert.Empty(await world.StoredAsync(reader));
        Assert.Equal(["First."], await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task When_followers_leave_again_posts_are_delivered_again_and_none_is_missed_or_doubled()
    {
        await using var world = await FeedWorld.StartAsync("Feeds:PushLimit=2", "Feeds:PullSeconds=0");
        var (anna, ben, reader) = (await world.ReaderAsync("anna"), await world.SignUpAsync("ben"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        var puppets = new List<TestUser>();
        for (var i = 0; i < 3; i++)
        {
            puppets.Add(await world.ReaderAsync($"puppet{i}"));
            await world.FollowAsync(puppets[i], anna);
        }

        await world.PostAsync(anna, "Fetched.");
        await world.SettleAsync();
        Assert.True((await world.ProfileAsync(anna)).Pulled);
        Assert.Equal(["Fetched."], await FeedWorld.TextsAsync(reader));
        await world.PostAsync(anna, "Not fetched yet.");
        var bens = await world.PostAsync(ben, "Ben's.");
        await world.SettleAsync();
        await world.BoostAsync(anna, bens);
        await world.SettleAsync();

        foreach (var puppet in puppets)
        {
            await world.UnfollowAsync(puppet, anna);
        }

        await world.PostAsync(anna, "Delivered.");
        await world.SettleAsync();
        Assert.Contains(await world.StoredAsync(reader), entry => entry.By == anna.Id);
        var decided = await world.ProfileAsync(anna);
        Assert.False(decided.Pulled);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(["Delivered.", "Ben's.", "Not fetched yet.", "Fetched."], await FeedWorld.TextsAsync(reader));
        }

        Assert.Empty((await world.Documents.FindAsync<FeedHead>(reader.Id, FeedHead.HeadId, default))!.Pulled);
        await world.UnboostAsync(anna, bens);
        await world.SettleAsync();
        Assert.Equal(["Delivered.", "Not fetched yet.", "Fetched."], await FeedWorld.TextsAsync(reader));

        // And once more the other way: every feed is told again.
        foreach (var puppet in puppets)
        {
            await world.FollowAsync(puppet, anna);
        }

        await world.Documents.UpdateAsync<ProfileDocument>(anna.Id, anna.Id, found => found with { ReadersCountedAt = null }, default);
        await world.PostAsync(anna, "Fetched again.");
        await world.SettleAsync();
        Assert.Equal([anna.Id], (await world.Documents.FindAsync<FeedHead>(reader.Id, FeedHead.HeadId, default))!.Pulled);
        Assert.Equal(["Fetched again.", "Delivered.", "Not fetched yet.", "Fetched."], await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task Puppets_that_stop_reading_are_forgotten_when_readers_are_counted_again()
    {
        await using var world = await FeedWorld.StartAsync("Feeds:PushLimit=2", "Feeds:PullSeconds=0");
        var (anna, reader) = (await world.SignUpAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        var puppets = new List<TestUser>();
        for (var i = 0; i < 5; i++)
        {
            puppets.Add(await world.ReaderAsync($"puppet{i}"));
            await world.FollowAsync(puppets[i], anna);
        }

        await world.PostAsync(anna, "First.");
        await world.SettleAsync();
        Assert.True((await world.ProfileAsync(anna)).Pulled);

        foreach (var puppet in puppets)
        {
            await world.Documents.UpdateAsync<FeedHead>(puppet.Id, FeedHead.HeadId, head => head with { ReadAt = head.ReadAt.AddDays(-31) }, default);
        }

        await world.PostAsync(anna, "Second.");
        await world.SettleAsync();
        Assert.True((await world.ProfileAsync(anna)).Pulled);

        await world.Documents.UpdateAsync<ProfileDocument>(
            anna.Id, anna.Id, found => found with { ReadersCountedAt = found.ReadersCountedAt!.Value.AddHours(-7) }, default);
        await world.PostAsync(anna, "Third.");
        await world.SettleAsync();

        Assert.False((await world.ProfileAsync(anna)).Pulled);
        Assert.Single(await world.StoredAsync(reader));
        Assert.Equal(["Third.", "Second.", "First."], await FeedWorld.TextsAsync(reader));
    }
}
