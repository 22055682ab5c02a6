using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Benchmarks;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Costs;

public sealed class PopularPostTests
{
    private const double PartitionUnits = 10_000;

    [Fact]
    public async Task Likes_of_a_popular_post_are_counted_exactly_in_shards()
    {
        await using var host = await TestHost.StartAsync(["Tallies:PopularFrom=3", "Tallies:Shards=4"]);
        var anna = await host.SignUpAsync("anna");
        var fans = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => host.SignUpAsync($"fan_{i}")));
        var post = await anna.PostAsync("The first strawberries of the year");
        await host.SettleAsync();
        var like = $"posts/{post.Id()}/like";
        foreach (var fan in fans.Take(3))
        {
            await fan.PutAsync(like);
        }

        await host.SettleAsync();
        await Task.WhenAll(fans.Select(fan => fan.PutAsync(like)));
        await LikesAreAsync(host, post.Id(), 12);
        await Task.WhenAll(fans.Skip(1).Take(5).Select(fan => fan.DeleteAsync(like)));
        await LikesAreAsync(host, post.Id(), 7);
        await Task.WhenAll(fans.Select(fan => fan.PutAsync(like)));
        await LikesAreAsync(host, post.Id(), 12);

        var stats = await host.Services.GetRequiredService<IDocumentStore>().FindAsync<StatsDocument>(post.Id(), StatsDocument.CountersId, default);
        Assert.Equal((3, 9), (stats![PostPresenter.LikesCounter], stats[ShardedTallies.CollectedLikes]));
    }

    [Fact]
    public async Task With_fewer_shards_than_before_every_like_still_counts()
    {
        var data = Path.Combine(Path.GetTempPath(), "serverless-social-tests", Guid.NewGuid().ToString("N"));
        string post;
        await using (var before = await TestHost.StartAsync(["Tallies:PopularFrom=0", "Tallies:Shards=32", "Tallies:CollectSeconds=60"], dataDirectory: data))
        {
            var anna = await before.SignUpAsync("anna");
            var fans = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => before.SignUpAsync($"fan_{i}")));
            post = (await anna.PostAsync("The first strawberries of the year")).Id();
            await before.SettleAsync();
            await anna.PutAsync($"posts/{post}/like");
            await before.SettleAsync();

            // From the second like on they are counted in shards, and none is collected before the host stops.
            await Task.WhenAll(fans.Select(fan => fan.PutAsync($"posts/{post}/like")));
        }

        await using (var after = await TestHost.StartAsync(["Tallies:PopularFrom=0", "Tallies:Shards=4", "Tallies:CollectSeconds=1"], dataDirectory: data))
        {
            var late = await after.SignUpAsync("late");
            await late.PutAsync($"posts/{post}/like");
            await LikesAreAsync(after, post, 22);
        }

        Directory.Delete(data, recursive: true);
    }

    /// <summary>A second of 5,000 likes, as the change feed brings them, in request units by logical partition.</summary>
    [Fact]
    public async Task A_post_that_gets_5000_likes_a_second_stays_below_what_a_partition_takes()
    {
        const int likes = 5_000;
        await using var world = await CostWorld.StartAsync();
        var services = world.Host.Services;
        var post = OwnedIds.Make(Ids.New(TimeProvider.System), Ids.New(TimeProvider.System));
        var documents = services.GetRequiredService<IDocumentStore>();
        await documents.TallyAsync([.. Enumerable.Range(0, 1_000).Select(i => new Tally(post, PostPresenter.LikesCounter, $"early{i}", true, 1))], default);
        var shards = services.GetRequiredService<ShardedTallies>();
        var now = TimeProvider.System.GetUtcNow();
        var given = new List<ReactionDocument>();
        for (var i = 0; i < likes; i++)
        {
            var actor = Ids.New(now);
            given.Add(new()
            {
                Id = ReactionDocument.IdOf(ReactionKind.Like, post),
                ActorId = actor,
                Kind = ReactionKind.Like,
                PostId = post,
                Active = true,
                Revision = 1,
                EventId = Ids.New(now),
                WorkSince = now,
                Shard = await shards.ShardOfAsync(post, actor, default),
            });
        }

        Assert.All(given, like => Assert.NotNull(like.Shard));
        world.Meter.Partitions.Clear();
        foreach (var batch in given.Chunk(100))
        {
            await services.GetRequiredService<DispatchReactions>().RunAsync(batch, default);
        }

        await shards.CollectAsync(post, default);
        var charges = new RequestCharges();
        var (partition, units) = world.Meter.Partitions.Select(entry => (entry.Key, Units: charges.Of(entry.Value))).MaxBy(entry => entry.Units);
        Assert.True(units < PartitionUnits / 2, $"{partition}: {units:N0} RU in a second.");

        // The request looks at the post, in its author's partition.
        Assert.InRange(likes * charges.Loaded, 0, PartitionUnits);
        var stats = (await documents.FindAsync<StatsDocument>(post, StatsDocument.CountersId, default))!;
        Assert.Equal((1_000, likes), (stats[PostPresenter.LikesCounter], stats[ShardedTallies.CollectedLikes]));
    }

    private static Task LikesAreAsync(TestHost host, string postId, long expected) =>
        Eventually.HoldsAsync(async () => (await host.Anonymous.ReadAsync($"posts/{postId}")).Count("likes") == expected);
}
