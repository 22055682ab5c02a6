using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Feeds;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Feeds;

public sealed class RestoredPostTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_post_removed_while_it_is_distributed_reaches_its_followers_once_it_is_restored(bool beforeDistributionEnds)
    {
        var queue = new InterruptedQueue();
        await using var world = new FeedWorld(await TestHost.StartAsync(
            ["Feeds:InlineFollowers=0"],
            configure: builder => builder.Services.AddSingleton<IWorkQueue>(provider => queue.Over(provider.GetRequiredService<SqliteWorkQueue>()))));
        var (anna, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("reader"));
        var mona = await world.Host.SignUpAsync("mona", "moderator");
        await world.FollowAsync(reader, anna);
        queue.Interruption = async shares =>
        {
            await DecideAsync(mona, shares[0].Id, "remove");
            foreach (var share in shares)
            {
                await world.Host.Services.GetRequiredService<FanOutPostBucket>().RunAsync(share, default);
            }

            if (beforeDistributionEnds)
            {
                await DecideAsync(mona, shares[0].Id, "restore");
            }
        };

        var post = await anna.PostAsync("A fine day");
        await world.SettleAsync();
        Assert.Null(queue.Interruption);
        if (!beforeDistributionEnds)
        {
            Assert.Empty(await world.StoredAsync(reader));
            await world.Host.DecideAsync(mona, post.Id(), "restore");
        }

        Assert.Equal(["A fine day"], await FeedWorld.TextsAsync(reader));
        Assert.Single(await world.StoredAsync(reader));
    }

    private static async Task DecideAsync(TestUser moderator, string postId, string decision)
    {
        using var response = await moderator.Client.PostAsJsonAsync($"moderation/cases/post.{postId}/decision", new { decision, clause = "other" });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A queue that hands the first shares of a post's fan-out to a test, and everything else to another queue.</summary>
    private sealed class InterruptedQueue : IWorkQueue
    {
        private IWorkQueue? inner;

        /// <summary>Takes the shares; null once it has begun.</summary>
        public Func<IReadOnlyList<WorkMessage>, Task>? Interruption { get; set; }

        public InterruptedQueue Over(IWorkQueue queue)
        {
            inner = queue;
            return this;
        }

        public async ValueTask SendAsync(IReadOnlyCollection<WorkItem> items, CancellationToken cancellationToken)
        {
            var shares = items.Where(item => item.Queue == FanOutPostBucket.Queue).Select(item => item.Message).ToList();
            if (shares.Count > 0 && Interruption is { } interruption)
            {
                Interruption = null;
                await interruption(shares);
                items = [.. items.Where(item => item.Queue != FanOutPostBucket.Queue)];
            }

            await inner!.SendAsync(items, cancellationToken);
        }
    }
}
