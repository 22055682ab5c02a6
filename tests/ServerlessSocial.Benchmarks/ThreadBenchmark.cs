using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Graph;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Benchmarks;

/// <summary>How long a page of a conversation takes whose thread has 5,000 replies: pages of the first post, of replies and of branches, for a reader who follows some.</summary>
public static class ThreadBenchmark
{
    private const int Replies = 5_000;
    private const int People = 500;
    private const int Followed = 50;
    private const int Connections = 4;
    private const double PerSecond = 200;

    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1);

    /// <summary>Runs it and prints the figures.</summary>
    public static async Task RunAsync()
    {
        var data = Path.Combine(Path.GetTempPath(), "serverless-social-thread", Guid.NewGuid().ToString("N"));
        await using var app = await LocalHost.BuildAsync(new LocalHostOptions(0, data, LocalCommand.Serve) { Settings = ["--Limits:Factor=10000"] }, null);
        await app.StartAsync();
        try
        {
            var documents = app.Services.GetRequiredService<IDocumentStore>();
            var (people, random) = (new List<string>(), new Random(7));
            for (var i = 0; i < People; i++)
            {
                people.Add(Ids.New(Start));
            }

            await documents.UpsertManyAsync(
                people.Select((id, i) => new ProfileDocument { Id = id, Handle = $"user_{i}", DisplayName = $"Somebody {i}", Bio = "", CreatedAt = Start }).ToList(), default);
            var thread = await WriteAsync(documents, people, random);
            var api = new Uri(new Uri(app.Urls.First()), "api/");
            using var client = new HttpClient { BaseAddress = api };
            var (token, reader) = await BenchmarkReader.SignUpAsync(client);
            await documents.UpsertManyAsync(
                people.Take(Followed).Select(id => new RelationDocument { Id = id, OwnerId = reader, Following = true, SettledFollowing = true, WorkSince = Start }).ToList(), default);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var paths = await PathsAsync(client, thread, random);
            var requests = paths.Select(path => LoadClient.Get(api, path, token)).ToArray();

            await Measurements.LoadAsync(Connections, TimeSpan.FromSeconds(5), api, Next);
            var (all, _) = await Measurements.LoadAsync(Connections, TimeSpan.FromSeconds(20), api, Next, PerSecond);
            Console.WriteLine($"page of a thread with {Replies:N0} replies, {PerSecond:N0} pages/s: {all} (goal p99 15 ms)");

            byte[] Next(Random chance) => requests[chance.Next(requests.Length)];
        }
        finally
        {
            await app.StopAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Two of five replies answer the first post, the others another reply.</summary>
    private static async Task<List<string>> WriteAsync(IDocumentStore documents, List<string> people, Random random)
    {
        var thread = new List<string> { OwnedIds.Make(Ids.New(Start), people[0]) };
        var posts = new List<PostDocument> { BenchmarkPost.Of(thread[0]) };
        for (var i = 1; i <= Replies; i++)
        {
            var id = OwnedIds.Make(Ids.New(Start.AddSeconds(i)), people[random.Next(people.Count)]);
            posts.Add(BenchmarkPost.Of(id) with { RootId = thread[0], ReplyTo = random.Next(5) < 2 ? thread[0] : thread[random.Next(thread.Count)] });
            thread.Add(id);
        }

        var answered = posts.Select(post => post.ReplyTo).ToHashSet();
        await documents.UpsertManyAsync(posts, default);
        await documents.UpsertManyAsync(
            posts.Skip(1).Select(post => new ReplyDocument { Id = post.Id, RootId = thread[0], ReplyTo = post.ReplyTo!, Answered = answered.Contains(post.Id) }).ToList(), default);
        await documents.TallyAsync([.. posts.Skip(1).Select(post => new Tally(post.ReplyTo!, PostPresenter.RepliesCounter, post.Id, Counts: true, 1))], default);
        return thread;
    }

    /// <summary>The first 40 pages of the thread, the branches on them, and conversations around replies.</summary>
    private static async Task<List<string>> PathsAsync(HttpClient client, List<string> thread, Random random)
    {
        var paths = new List<string>();
        for (var path = $"posts/{thread[0]}/thread"; path is not null && paths.Count < 400;)
        {
            paths.Add(path);
            var page = (await client.GetFromJsonAsync<JsonElement>(path)).GetProperty("replies");
            paths.AddRange(page.GetProperty("items").EnumerateArray()
                .Where(item => item.TryGetProperty("branch", out _))
                .Take(3)
                .Select(item => $"posts/{thread[0]}/thread?branch={item.GetProperty("branch").GetString()}"));
            path = page.TryGetProperty("next", out var next) ? $"posts/{thread[0]}/thread?cursor={next.GetString()}" : null;
        }

        paths.AddRange(Enumerable.Range(0, 100).Select(_ => $"posts/{thread[random.Next(thread.Count)]}/thread"));
        return paths;
    }
}
