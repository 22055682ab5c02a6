using ServerlessSocial.Feeds;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Feeds;

public sealed class AbsenceTests
{
    [Fact]
    public async Task Who_never_read_gets_nothing_stored_and_everything_at_the_first_reading()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, ben, reader) = (await world.SignUpAsync("anna"), await world.SignUpAsync("ben"), await world.SignUpAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.FollowAsync(reader, ben);
        await world.PostAsync(anna, "One.");
        await world.PostAsync(ben, "Two.");
        await world.SettleAsync();
        Assert.Empty(await world.StoredAsync(reader));

        Assert.Equal(["Two.", "One."], await FeedWorld.TextsAsync(reader));

        await world.PostAsync(anna, "Three.");
        await world.SettleAsync();
        Assert.Equal(["Three.", "Two.", "One."], await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task Who_was_away_gets_nothing_stored_and_a_rebuilt_feed_on_return()
    {
        await using var world = await FeedWorld.StartAsync("Feeds:IdleDays=7");
        var (anna, reader) = (await world.SignUpAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.PostAsync(anna, "Before.");
        await world.SettleAsync();
        Assert.Single(await world.StoredAsync(reader));

        await world.Documents.UpdateAsync<FeedHead>(reader.Id, FeedHead.HeadId, head => head with { ReadAt = head.ReadAt.AddDays(-8) }, default);
        await world.PostAsync(anna, "While away.");
        await world.SettleAsync();
        Assert.Single(await world.StoredAsync(reader));

        Assert.Equal(["While away.", "Before."], await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task Older_posts_of_who_writes_little_come_in_their_places_among_those_of_who_writes_much()
    {
        await using var world = await FeedWorld.StartAsync();
        var (loud, quiet, reader) = (await world.SignUpAsync("loud"), await world.SignUpAsync("quiet"), await world.SignUpAsync("reader"));
        await world.FollowAsync(reader, loud);
        await world.FollowAsync(reader, quiet);
        var expected = new List<string>();
        for (var i = 0; i < 540; i++)
        {
            var author = i % 60 == 30 ? quiet : loud;
            expected.Insert(0, $"{i}.");
            await world.PostAsync(author, expected[0], ago: TimeSpan.FromDays(60));
        }

        Assert.Equal(expected, await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task A_rebuild_that_was_cut_short_is_repeated()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.SignUpAsync("anna"), await world.SignUpAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.PostAsync(anna, "One.");
        await world.SettleAsync();
        await world.Documents.CreateAsync(
            new FeedHead { Id = FeedHead.HeadId, OwnerId = reader.Id, ReadAt = TimeProvider.System.GetUtcNow() }, default);

        Assert.Equal(["One."], await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task Posting_and_first_readings_at_the_same_time_lose_nothing()
    {
        await using var world = await FeedWorld.StartAsync();
        var anna = await world.SignUpAsync("anna");
        var readers = new List<TestUser>();
        for (var i = 0; i < 12; i++)
        {
            readers.Add(await world.SignUpAsync($"reader{i}"));
            await world.FollowAsync(readers[i], anna);
        }

        var posting = Task.Run(async () =>
        {
            var posts = new List<PostDocument>();
            for (var i = 0; i < 18; i++)
            {
                posts.Add(await world.PostAsync(anna, $"Post {i}."));
                await Task.Yield();
            }

            return posts;
        });
        await Task.WhenAll(readers.Select(reader => FeedWorld.TextsAsync(reader)));
        var expected = (await posting).Select(post => post.Id).Reverse().ToList();
        await world.SettleAsync();

        foreach (var reader in readers)
        {
            Assert.Equal(expected, (await FeedWorld.FeedAsync(reader)).Select(item => item.GetProperty("post").GetProperty("id").GetString()!));
        }
    }

    [Fact]
    public async Task Reading_again_and_again_writes_nothing()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader) = (await world.SignUpAsync("anna"), await world.ReaderAsync("reader"));
        await world.FollowAsync(reader, anna);
        await world.PostAsync(anna, "One.");
        await world.SettleAsync();
        await FeedWorld.TextsAsync(reader);
        var before = await world.Documents.FindAsync<FeedHead>(reader.Id, FeedHead.HeadId, default);

        await FeedWorld.TextsAsync(reader);
        await FeedWorld.TextsAsync(reader);

        Assert.Equal(before?.ETag, (await world.Documents.FindAsync<FeedHead>(reader.Id, FeedHead.HeadId, default))?.ETag);
    }
}
