using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Benchmarks;

/// <summary>How many likes of one post are carried out in a second on this machine, from the change feed to the collected count.</summary>
public static class PopularPostBenchmark
{
    private const int Likes = 50_000;
    private const int Batch = 200;

    /// <summary>Runs it and prints the figure.</summary>
    public static async Task RunAsync()
    {
        var data = Path.Combine(Path.GetTempPath(), "serverless-social-popular", Guid.NewGuid().ToString("N"));
        await using var app = await LocalHost.BuildAsync(new LocalHostOptions(0, data, LocalCommand.Serve), null);
        await app.StartAsync();
        try
        {
            var documents = app.Services.GetRequiredService<IDocumentStore>();
            var shards = app.Services.GetRequiredService<ShardedTallies>();
            var dispatch = app.Services.GetRequiredService<DispatchReactions>();
            var now = TimeProvider.System.GetUtcNow();
            var post = OwnedIds.Make(Ids.New(now), Ids.New(now));
            await documents.TallyAsync([.. Enumerable.Range(0, 1_000).Select(i => new Tally(post, PostPresenter.LikesCounter, $"early{i}", true, 1))], default);
            var likes = new List<ReactionDocument>(Likes);
            for (var i = 0; i < Likes; i++)
            {
                likes.Add(await LikeAsync(shards, post, now));
            }

            var watch = Stopwatch.StartNew();
            foreach (var batch in likes.Chunk(Batch))
            {
                await dispatch.RunAsync(batch, default);
            }

            await shards.CollectAsync(post, default);
            var seconds = watch.Elapsed.TotalSeconds;
            var counted = (await documents.FindAsync<StatsDocument>(post, StatsDocument.CountersId, default))![ShardedTallies.CollectedLikes];
            Console.WriteLine($"likes of one post carried out: {Likes / seconds:N0} a second (goal 5,000); {counted:N0} of {Likes:N0} counted");
        }
        finally
        {
            await app.StopAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<ReactionDocument> LikeAsync(ShardedTallies shards, string post, DateTimeOffset now)
    {
        var actor = Ids.New(now);
        return new()
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
        };
    }
}
