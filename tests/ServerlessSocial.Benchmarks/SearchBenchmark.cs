using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Discovery;
using ServerlessSocial.Graph;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;
using ServerlessSocial.Search;

namespace ServerlessSocial.Benchmarks;

/// <summary>
/// How long a search takes over a million posts, whose words are as frequent as words are (Zipf's law, 60,000 of them, among the most frequent ones real German and English
/// ones): one word, two, a phrase, words with operators, of every frequency. And how long it takes to look at what is talked about.
/// </summary>
public static class SearchBenchmark
{
    private const int Posts = 1_000_000;
    private const int People = 10_000;
    private const int RecentPosts = 10_000;
    private const int Vocabulary = 60_000;
    private const int Queries = 2_000;
    private const int Connections = 2;
    private const double PerSecond = 50;

    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(100);

    private static readonly string[] Frequent =
        "die der und in zu den das nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch als an nach wie im für the of and to a is that it was for on are with as at be this have from or one had by word but not what all were we when your can said there use each which do how their if will up other about out many then them these some her would make like him into time has look two more write go see number no way could people my than first water been call who oil its now find long down day did get come made may part".Split(' ');

    /// <summary>Runs it and prints the figures.</summary>
    public static async Task RunAsync()
    {
        var data = Path.Combine(Path.GetTempPath(), "serverless-social-search", Guid.NewGuid().ToString("N"));
        await using var app = await LocalHost.BuildAsync(new LocalHostOptions(0, data, LocalCommand.Serve) { Settings = ["--Limits:Factor=10000"] }, null);
        await app.StartAsync();
        try
        {
            var (words, random) = (new Words(), new Random(7));
            var watch = Stopwatch.StartNew();
            var texts = await FillAsync(app.Services.GetRequiredService<IDocumentStore>(), words, random);
            Console.WriteLine($"{Posts:N0} posts entered in {watch.Elapsed.TotalSeconds:N0} s, index of {new FileInfo(Path.Combine(data, "search.db")).Length / 1e6:N0} MB");
            var api = new Uri(new Uri(app.Urls.First()), "api/");
            await MeasureAsync("(warming up)", "latest", () => words.Next(random));
            foreach (var sort in (string[])["latest", "relevance"])
            {
                await MeasureAsync($"{sort}, one word", sort, () => words.Next(random));
                await MeasureAsync($"{sort}, two words", sort, () => $"{words.Next(random)} {words.Next(random)}");
                await MeasureAsync($"{sort}, two rare words", sort, () => $"{words.Rare(random)} {words.Rare(random)}");
                await MeasureAsync($"{sort}, phrase", sort, () => $"\"{PhraseOf(texts[random.Next(texts.Count)], random)}\"");
                await MeasureAsync($"{sort}, word and operators", sort, () => $"{words.Next(random)} lang:de -{words.Next(random)} from:user_{random.Next(People)}");
                await MeasureAsync($"{sort}, all of these", sort, () => random.Next(4) switch
                {
                    0 => words.Next(random),
                    1 => $"{words.Next(random)} {words.Rare(random)}",
                    2 => $"\"{PhraseOf(texts[random.Next(texts.Count)], random)}\"",
                    _ => $"{words.Next(random)} -{words.Next(random)} lang:en",
                });
            }

            await MeasureAsync("people by a beginning", "latest", () => $"user_{random.Next(100)}", "people");
            await MeasureAsync("people with a letter wrong", "latest", () => $"usre_{random.Next(People)}", "people");
            await ExploreAsync(app.Services, api);

            async Task MeasureAsync(string what, string sort, Func<string> query, string type = "posts")
            {
                var requests = Enumerable.Range(0, Queries).Select(_ => LoadClient.Get(api, $"search?type={type}&sort={sort}&q={Uri.EscapeDataString(query())}", null)).ToArray();
                var (all, _) = await Measurements.LoadAsync(Connections, TimeSpan.FromSeconds(8), api, chance => requests[chance.Next(requests.Length)], PerSecond);
                Console.WriteLine($"{what,-40} {all}");
            }
        }
        finally
        {
            await app.StopAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>What is talked about, and people to follow.</summary>
    private static async Task ExploreAsync(IServiceProvider services, Uri address)
    {
        var documents = services.GetRequiredService<IDocumentStore>();
        var watch = Stopwatch.StartNew();
        await services.GetRequiredService<FindTrends>().RunAsync(new(), default);
        Console.WriteLine($"trends found in {watch.Elapsed.TotalSeconds:F2} s");
        using var client = new HttpClient { BaseAddress = address };
        var (token, reader) = await BenchmarkReader.SignUpAsync(client);
        var found = await documents.QueryAsync<TrendsDocument>(new DocumentQuery(TrendsDocument.Partition, 10), default);
        Console.WriteLine(string.Join(", ", found.Items.Select(trends => $"{trends.Id}: {trends.Tags.Count} tags, {trends.Posts.Count} posts, {trends.People.Count} people")));
        await FollowAsync(documents, reader);
        foreach (var path in (string[])["explore/tags", "explore/posts", "explore/people"])
        {
            var request = LoadClient.Get(address, path, token);
            await Measurements.LoadAsync(Connections, TimeSpan.FromSeconds(3), address, _ => request);
            var (all, _) = await Measurements.LoadAsync(Connections, TimeSpan.FromSeconds(8), address, _ => request, PerSecond);
            Console.WriteLine($"{path,-40} {all} (goal p99 10 ms)");
        }
    }

    /// <summary>A reader who follows 50 people, each of whom follows 30.</summary>
    private static async Task FollowAsync(IDocumentStore documents, string reader)
    {
        var people = (await documents.FindManyAsync(Enumerable.Range(0, 200).Select(i => $"user_{i}"))).ToList();
        var random = new Random(3);
        await documents.UpsertManyAsync([.. people.Take(50).Select(id => Follow(reader, id))], default);
        foreach (var one in people.Take(50))
        {
            await documents.UpsertManyAsync([.. people.OrderBy(_ => random.Next()).Take(30).Where(id => id != one).Select(id => Follow(one, id))], default);
        }

        static RelationDocument Follow(string owner, string id) =>
            new() { Id = id, OwnerId = owner, Following = true, SettledFollowing = true, FollowId = Ids.New(Start), WorkSince = Start };
    }

    private static async Task<IEnumerable<string>> FindManyAsync(this IDocumentStore documents, IEnumerable<string> handles)
    {
        var loaded = await documents.ReadManyAsync([.. handles.Select(handle => DocumentKey.Of<HandleDocument>(handle, handle))], default);
        return handles.Select(handle => loaded.Get<HandleDocument>(handle, handle)!.ProfileId);
    }

    private static async Task<IReadOnlyList<string>> FillAsync(IDocumentStore documents, Words words, Random random)
    {
        var people = Enumerable.Range(0, People).Select(_ => Ids.New(Start)).ToList();
        await documents.UpsertManyAsync(
            people.Select((id, i) => new ProfileDocument { Id = id, Handle = $"user_{i}", DisplayName = $"Somebody {i}", CreatedAt = Start, Indexable = true, Discoverable = true, PostsIndexed = new(true, null) }).ToList(), default);
        await documents.UpsertManyAsync(people.Select((id, i) => new HandleDocument { Id = $"user_{i}", ProfileId = id, AccountId = id }).ToList(), default);
        await documents.UpsertManyAsync(people.Select(id => new AccountDocument { Id = id, ProfileId = id }).ToList(), default);
        var kept = new List<string>();
        foreach (var chunk in Enumerable.Range(0, Posts).Chunk(5_000))
        {
            var posts = chunk.Select(i => BenchmarkPost.Of(OwnedIds.Make(Ids.New(TimeOf(i)), people[random.Next(People)])) with
            {
                Text = words.Text(random),
                Language = random.Next(2) == 0 ? "de" : "en",
                Tags = i > Posts - RecentPosts ? [$"tag{random.Next(50)}"] : [],
            }).ToList();
            kept.Add(posts[0].Text);
            if (chunk[^1] > Posts - RecentPosts)
            {
                await documents.TallyAsync([.. posts.SelectMany(post => Enumerable.Range(0, random.Next(20)).Select(i => new Tally(post.Id, PostPresenter.LikesCounter, $"{post.Id}{i}", Counts: true, 1)))], default);
            }

            await documents.UpsertManyAsync(posts, default);
            await documents.UpsertManyAsync(posts.Select(post => PostEntry.Of(post, indexable: true)).ToList(), default);
        }

        return kept;
    }

    /// <summary>The last posts are of the last day, so that there is something that is talked about.</summary>
    private static DateTimeOffset TimeOf(int i) => i > Posts - RecentPosts
        ? TimeProvider.System.GetUtcNow().AddHours(-20.0 * (Posts - i) / RecentPosts)
        : Start.AddDays(99.0 * i / Posts);

    private static string PhraseOf(string text, Random random)
    {
        var words = text.Split(' ');
        var at = random.Next(words.Length - 3);
        return string.Join(' ', words[at..(at + 3)]);
    }

    /// <summary>Words by Zipf's law.</summary>
    private sealed class Words
    {
        private readonly string[] words;
        private readonly double[] sums = new double[Vocabulary];

        public Words()
        {
            var random = new Random(11);
            words = [.. Enumerable.Range(0, Vocabulary).Select(i => i < Frequent.Length ? Frequent[i] : Made(random))];
            for (var i = 0; i < Vocabulary; i++)
            {
                sums[i] = (i == 0 ? 0 : sums[i - 1]) + (1.0 / (i + 2.7));
            }
        }

        /// <summary>A word as frequent ones are met: the 100 most frequent are not searched by themselves.</summary>
        public string Next(Random random)
        {
            var word = Any(random);
            return Array.IndexOf(Frequent, word) >= 0 ? words[Frequent.Length + random.Next(200)] : word;
        }

        public string Rare(Random random) => words[random.Next(1_000, Vocabulary)];

        public string Text(Random random)
        {
            var text = new StringBuilder();
            for (var i = random.Next(6, 40); i > 0; i--)
            {
                text.Append(Any(random)).Append(i == 1 ? '.' : ' ');
            }

            return text.ToString();
        }

        private string Any(Random random) => words[~Array.BinarySearch(sums, random.NextDouble() * sums[^1]) is var at and >= 0 && at < Vocabulary ? at : 0];

        private static string Made(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => $"{"bdfghjklmnprstvwz"[random.Next(17)]}{"aeiou"[random.Next(5)]}"));
    }
}
