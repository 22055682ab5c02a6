using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Graph;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;
using ServerlessSocial.Tests.Feeds;

namespace ServerlessSocial.Tests.Graph;

public sealed class FollowerMoveTests
{
    private const int MostBuckets = 16;

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1_000, 1, 1)]
    [InlineData(1_001, 1, 2)]
    [InlineData(9_500, 1, 16)]
    [InlineData(1_000, 2, 2)]
    [InlineData(60, 16, 1)]
    [InlineData(50_000_000, 16, 256)]
    public void Buckets_grow_with_the_audience_by_powers_of_two_and_shrink_late(long followers, int present, int expected) =>
        Assert.Equal(expected, FollowerLayout.For(followers, present, perBucket: 1_000, most: 256));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 16)]
    [InlineData(16, 1)]
    [InlineData(4, 16)]
    [InlineData(16, 4)]
    public void Shares_of_any_division_hold_everyone_once_under_any_other(int began, int present)
    {
        var everyone = Enumerable.Range(0, 500).Select(_ => Ids.New(TimeProvider.System)).ToList();
        var layout = new FollowerLayout(present);

        var found = FollowerShare.All(began).SelectMany(share => layout.Covering(share).SelectMany(bucket =>
            everyone.Where(id => FollowerLayout.HomeOf(id, present) == bucket && share.Holds(id))));

        Assert.Equal(everyone.Order(), found.Order());
    }

    [Theory]
    [InlineData("16.3:abc", 16, 3, "abc")]
    [InlineData("1.0:", 1, 0, null)]
    [InlineData("7:abc", 16, 7, "abc")]
    [InlineData("12:", 16, 12, null)]
    public void Positions_of_before_divisions_changed_are_still_read(string text, int buckets, int bucket, string? after) =>
        Assert.Equal(new FollowerShare(buckets, bucket, after), FollowerShare.Parse(text));

    /// <summary>Follows, unfollows, moves up and down, and readers in between, in whatever order chance has it, against a set of ids.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Nobody_is_missing_or_there_twice_while_followers_move(int seed)
    {
        await using var host = await TestHost.StartAsync(
            ["Graph:FollowersPerBucket=2", $"Graph:MostFollowerBuckets={MostBuckets}"],
            builder => builder.Services.AddSingleton<IDocumentStore>(
                provider => new HesitantDocumentStore(provider.GetRequiredService<SqliteDocumentStore>(), seed)));
        var star = (await host.SignUpAsync("star")).Id;
        var history = new FollowerHistory(host.Services, star, seed);

        await history.RunAsync();
        await host.SettleAsync();

        Assert.True(history.Moves >= 2, $"Followers moved only {history.Moves} times.");
        var layout = (await history.ProfileAsync()).Followers;
        Assert.False(layout.IsMoving);
        Assert.Equal(history.Expected.Order(), (await history.ReadAsync()).Order());
        var stored = new List<(int Bucket, string Id)>();
        for (var bucket = 0; bucket < MostBuckets; bucket++)
        {
            var page = await history.Documents.QueryAsync<FollowerDocument>(new DocumentQuery(FollowerDocument.BucketOf(star, bucket), 1_000), default);
            stored.AddRange(page.Items.Select(follower => (bucket, follower.Id)));
        }

        Assert.Equal(history.Expected.Select(id => (FollowerLayout.HomeOf(id, layout.Buckets), id)).Order(), stored.Order());
    }

    [Fact]
    public async Task Followers_from_before_buckets_grew_get_posts_and_move_together()
    {
        await using var world = await FeedWorld.StartAsync();
        var (anna, reader, other) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"), await world.ReaderAsync("other"));
        await world.Documents.UpdateAsync<ProfileDocument>(anna.Id, anna.Id, found => found with { Followers = FollowerLayout.Original }, default);
        await world.FollowAsync(reader, anna);
        await world.FollowAsync(other, anna);

        await world.PostAsync(anna, "Hello");
        await world.SettleAsync();

        Assert.Equal(["Hello"], await FeedWorld.TextsAsync(reader));
        Assert.Equal(["Hello"], await FeedWorld.TextsAsync(other));
        Assert.Equal((1, false), ((await world.ProfileAsync(anna)).Followers.Buckets, (await world.ProfileAsync(anna)).Followers.IsMoving));
        var bucket = await world.Documents.QueryAsync<FollowerDocument>(new DocumentQuery(FollowerDocument.BucketOf(anna.Id, 0), 100), default);
        Assert.Equal(new[] { reader.Id, other.Id }.Order(), bucket.Items.Select(follower => follower.Id));

        await world.PostAsync(anna, "Hello again");
        await world.SettleAsync();
        Assert.Equal(["Hello again", "Hello"], await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task A_move_under_way_is_left_alone_and_one_that_was_never_sent_is_sent()
    {
        await using var world = await FeedWorld.StartAsync("Graph:FollowersPerBucket=2");
        var anna = await world.SignUpAsync("anna");
        var profile = (await world.Documents.UpdateAsync<ProfileDocument>(anna.Id, anna.Id, found => found with { Followers = found.Followers.MovingTo(2) }, default))!;
        var index = world.Host.Services.GetRequiredService<WaitingIndex>();
        var message = new WorkMessage(anna.Id, anna.Id, profile.Revision) { After = $"{profile.Followers.Steps}/{new FollowerShare(1, 0, anna.Id)}" };
        var halfway = index.Entry(MoveFollowers.Queue, WaitingDocument.IdOf(anna.Id, anna.Id), message);
        await world.Documents.UpsertManyAsync([halfway], default);

        await world.Followers.FitAsync(profile, 3, default);
        await world.SettleAsync();

        var noted = await world.Documents.FindAsync<WaitingDocument>(halfway.Partition, halfway.Id, default);
        Assert.Equal(message.After, noted?.Message.After);
        Assert.True((await world.ProfileAsync(anna)).Followers.IsMoving);

        await index.StrikeAsync(MoveFollowers.Queue, halfway.Id, default);
        await world.Followers.FitAsync(profile, 3, default);
        await world.SettleAsync();

        var layout = (await world.ProfileAsync(anna)).Followers;
        Assert.Equal((2, false), (layout.Buckets, layout.IsMoving));
    }
}
