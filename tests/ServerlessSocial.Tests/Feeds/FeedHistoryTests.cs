using System.Globalization;
using System.Text.Json;
using ServerlessSocial.Moderation;
using ServerlessSocial.Posts;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Feeds;

/// <summary>
/// Random histories against <see cref="FeedModel"/>. Many run in one host side by side, each among people of its own; how many altogether is
/// <c>FEED_HISTORIES</c>, 120 unless said otherwise.
/// </summary>
public sealed class FeedHistoryTests
{
    private const int People = 4;
    private const int Steps = 24;
    private const int SideBySide = 60;

    private static readonly FeedAct[] Acts =
    [
        .. Enumerable.Repeat(FeedAct.Post, 5), .. Enumerable.Repeat(FeedAct.PostHeld, 2), .. Enumerable.Repeat(FeedAct.Approve, 3), FeedAct.Delete,
        .. Enumerable.Repeat(FeedAct.Boost, 7), .. Enumerable.Repeat(FeedAct.Unboost, 2), .. Enumerable.Repeat(FeedAct.Follow, 6), .. Enumerable.Repeat(FeedAct.Unfollow, 2),
        FeedAct.Mute, FeedAct.Unmute, FeedAct.Unmute, FeedAct.Block, FeedAct.Unblock, FeedAct.HideBoosts, FeedAct.ShowBoosts,
    ];

    [Fact]
    public async Task A_feed_is_what_the_present_says_whatever_happened_before()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("FEED_HISTORIES") ?? "120", CultureInfo.InvariantCulture);
        for (var done = 0; done < count; done += SideBySide)
        {
            await using var world = await FeedWorld.StartAsync();
            var random = new Random(done);
            var runs = await Task.WhenAll(Enumerable.Range(0, Math.Min(SideBySide, count - done)).Select(i => Run.StartAsync(world, i, History(random))));
            await world.SettleAsync();
            for (var step = 0; step < Steps; step++)
            {
                await Task.WhenAll(runs.Select(run => run.StepAsync(step)));

                // Now and then what follows from several steps is still under way when the next comes.
                if (step % 3 != 1)
                {
                    await world.SettleAsync();
                    Array.ForEach(runs, run => run.Settled());
                }
            }

            await world.SettleAsync();
            await Task.WhenAll(runs.Select(run => run.CompareAsync()));
        }
    }

    private static FeedStep[] History(Random random) =>
        [.. Enumerable.Range(0, Steps).Select(_ => new FeedStep(Acts[random.Next(Acts.Length)], random.Next(People), random.Next(50)))];

    /// <summary>One history, told to the model and to the product alike.</summary>
    private sealed class Run(FeedWorld world, TestUser[] people, FeedStep[] history)
    {
        private readonly FeedModel model = new();
        private readonly Dictionary<FeedModel.PostState, PostDocument> posts = [];
        private readonly List<FeedStep> told = [];
        private readonly HashSet<(int Who, FeedModel.PostState Post)> takingBack = [];

        public static async Task<Run> StartAsync(FeedWorld world, int number, FeedStep[] history)
        {
            var people = await Task.WhenAll(Enumerable.Range(0, People).Select(i => world.SignUpAsync($"p_{number}_{i}")));

            // Some feeds are read for the first time when all is over.
            if (number % 3 != 0)
            {
                await FeedWorld.FeedAsync(people[0]);
            }

            return new(world, people, history);
        }

        public async Task StepAsync(int number)
        {
            var step = history[number];
            var post = model.Posts.Count == 0 ? null : model.Posts[step.Post % model.Posts.Count];
            // Boosted again before the end of the first boost was seen to, it is that boost still, with its place.
            if ((step.Act == FeedAct.Boost && takingBack.Contains((step.Who, post!))) || !model.Do(step))
            {
                return;
            }

            if (step.Act == FeedAct.Unboost)
            {
                takingBack.Add((step.Who, post!));
            }

            told.Add(step);
            var (who, name) = (people[step.Who], people[step.Who].Handle);
            await (step.Act switch
            {
                FeedAct.Post => PostAsync(who, ModerationStatus.Approved),
                FeedAct.PostHeld => PostAsync(who, ModerationStatus.Held),
                FeedAct.Approve => ApproveAsync(posts[post!]),
                FeedAct.Delete => world.Host.DoAsync(people[post!.Author], HttpMethod.Delete, $"posts/{posts[post].Id}"),
                FeedAct.Boost => world.BoostAsync(who, posts[post!]),
                FeedAct.Unboost => world.UnboostAsync(who, posts[post!]),
                FeedAct.Follow => DoAsync(HttpMethod.Put, $"profiles/{name}/follow"),
                FeedAct.Unfollow => DoAsync(HttpMethod.Delete, $"profiles/{name}/follow"),
                FeedAct.Mute => DoAsync(HttpMethod.Put, $"profiles/{name}/mute"),
                FeedAct.Unmute => DoAsync(HttpMethod.Delete, $"profiles/{name}/mute"),
                FeedAct.Block => DoAsync(HttpMethod.Put, $"profiles/{name}/block"),
                FeedAct.Unblock => DoAsync(HttpMethod.Delete, $"profiles/{name}/block"),
                _ => BoostsAsync(name, step.Act == FeedAct.ShowBoosts),
            });
        }

        public void Settled() => takingBack.Clear();

        public async Task CompareAsync()
        {
            var found = (await FeedWorld.FeedAsync(people[0], limit: 3)).Select(Describe).ToList();
            Assert.True(model.Feed().SequenceEqual(found), $"After {string.Join(", ", told)}\nexpected {string.Join(" | ", model.Feed())}\nfound    {string.Join(" | ", found)}");
        }

        private Task DoAsync(HttpMethod method, string path) => world.Host.DoAsync(people[0], method, path);

        private async Task BoostsAsync(string name, bool boosts)
        {
            using var answer = await people[0].Client.PutAsync($"profiles/{name}/follow", System.Net.Http.Json.JsonContent.Create(new { boosts }));
            Assert.True(answer.IsSuccessStatusCode);
        }

        private async Task PostAsync(TestUser author, ModerationStatus status) => posts[model.Posts[^1]] = await world.PostAsync(
            author, model.Posts[^1].Name, status, ago: status == ModerationStatus.Held ? TimeSpan.FromHours(1) : default);

        private Task ApproveAsync(PostDocument post) => world.ChangePostAsync(
            post, found => found.Under(found.Moderation with { Status = ModerationStatus.Approved, DecidedAt = world.Later() }) with { WorkSince = DateTimeOffset.UtcNow });

        private string Describe(JsonElement item)
        {
            var why = item.GetProperty("why").EnumerateArray().ToList();
            var reason = why[0].GetProperty("reason").GetString();
            var by = string.Join(", ", why.Select(one => Array.FindIndex(people, person => person.Id == one.GetProperty("by").GetProperty("id").GetString())));
            return $"{item.GetProperty("post").GetProperty("text").GetString()}: {(reason == "boosted" ? $"boosted by {by}" : reason)}";
        }
    }
}
