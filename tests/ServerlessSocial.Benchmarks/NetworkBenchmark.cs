using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.CrashTest;

namespace ServerlessSocial.Benchmarks;

/// <summary>Figures of one store size.</summary>
internal sealed record NetworkFigures(
    int FeedEntries,
    double FeedPerSecond,
    double FeedP50,
    double FeedP99,
    double PostAckP50,
    double PostAckP99,
    double VisibleP50,
    double VisibleP99,
    double FanOutPerSecond,
    double StartSeconds,
    double ResidentMegabytes);

/// <summary>Measures the host as a separate process, with the load on the same machine.</summary>
internal sealed class NetworkBenchmark(PopulationSize size)
{
    private const int Connections = 8;
    private const int Readers = 1000;
    private const int WarmingPosts = 200;
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);

    /// <summary>Longer, because one posts slowly and the 99th of a hundred is to be more than the second worst of all.</summary>
    private static readonly TimeSpan MeasuredPosts = TimeSpan.FromSeconds(45);

    private readonly List<byte[]> feedRequests = [];
    private readonly List<string> tokens = [];

    /// <summary>Runs everything once.</summary>
    public async Task<NetworkFigures> RunAsync()
    {
        var data = Path.Combine(Path.GetTempPath(), "serverless-social-bench", Guid.NewGuid().ToString("N"));
        try
        {
            var watch = Stopwatch.StartNew();
            await new Population(size, data).WriteAsync();
            Console.WriteLine($"store written in {watch.Elapsed.TotalSeconds:F0} s");
            await using var host = new HostProcess(data, ["--Limits:Factor=10000", "--Fairness:AtOnce=100000"]);
            var start = await StartAsync(host);
            await SignInAsync(host);

            await Measurements.LoadAsync(Connections, Warming, host.Address, NextFeed);
            var before = Processor(host);
            var (feed, perSecond) = await Measurements.LoadAsync(Connections, Measured, host.Address, NextFeed);
            Console.WriteLine($"feed pages: {perSecond:F0}/s, {feed}, {(Processor(host) - before).TotalMicroseconds / feed.Count:F0} us of the host's processor time each");
            var posts = await PostUnderLoadAsync(host);
            Console.WriteLine($"posts acknowledged under load: {posts}");
            var resident = ResidentMegabytes(host.ProcessId);
            await IdleAsync(host);
            var visible = await VisibleAsync(host);
            Console.WriteLine($"visible to a follower: {visible}");
            var fanOut = await FanOutAsync(host);
            Console.WriteLine($"fan-out: {fanOut:F0} entries/s");
            return new(
                size.Profiles * size.EntriesPerFeed,
                perSecond,
                feed.Percentile(0.5),
                feed.Percentile(0.99),
                posts.Percentile(0.5),
                posts.Percentile(0.99),
                visible.Percentile(0.5),
                visible.Percentile(0.99),
                fanOut,
                start,
                resident);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Seconds from the start of the process to the first answer: the median of five starts.</summary>
    private static async Task<double> StartAsync(HostProcess host)
    {
        var starts = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            if (i > 0)
            {
                await host.KillAsync();
            }

            var watch = Stopwatch.StartNew();
            await host.StartAsync();
            using var client = await LoadClient.ConnectAsync(host.Address);
            await client.SendAsync(LoadClient.Get(host.Address, "health", null));
            starts.Add(watch.Elapsed.TotalSeconds);
        }

        starts.Sort();
        Console.WriteLine($"start to first answer: {starts[2]:F2} s (median of {starts.Count})");
        return starts[2];
    }

    private async Task SignInAsync(HostProcess host)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        for (var i = 0; i < Math.Min(Readers, size.Profiles); i++)
        {
            tokens.Add(await TokenAsync(client, Population.Handle(i)));
            feedRequests.Add(LoadClient.Get(host.Address, "feed?limit=20", tokens[i]));
        }
    }

    private static async Task<string> TokenAsync(HttpClient client, string subject)
    {
        using var response = await client.PostAsJsonAsync("dev/token", new { subject });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private byte[] NextFeed(Random random) => feedRequests[random.Next(feedRequests.Count)];

    /// <summary>One connection posts, up to twenty a second, while the others read 3,000 feed pages a second.</summary>
    private async Task<Measurements> PostUnderLoadAsync(HostProcess host)
    {
        using var client = await LoadClient.ConnectAsync(host.Address);
        for (var i = 0; i < WarmingPosts; i++)
        {
            await client.SendAsync(LoadClient.Post(host.Address, "posts", tokens[i % tokens.Count], $"{{\"text\":\"Warming up, number {i}\"}}"));
        }

        await IdleAsync(host);
        var reading = Measurements.LoadAsync(Connections - 1, MeasuredPosts, host.Address, NextFeed, perSecond: 3000);
        var (posts, nothing) = (new Measurements(), new Measurements());
        var number = 0;
        while (!reading.IsCompleted)
        {
            var token = tokens[number * 7 % tokens.Count];
            posts.Add((await client.SendAsync(LoadClient.Post(host.Address, "posts", token, $"{{\"text\":\"A good day, number {number++}\"}}"))).Elapsed);
            nothing.Add((await client.SendAsync(LoadClient.Get(host.Address, "health", null))).Elapsed);
            await Task.Delay(50);
        }

        Console.WriteLine($"  beside {(await reading).PerSecond:F0} feed pages/s: {(await reading).All}; a request that does nothing takes {nothing}");
        return posts;
    }

    /// <summary>On an idle host: from the acknowledgement of a post until a follower's feed shows it first.</summary>
    private static async Task<Measurements> VisibleAsync(HostProcess host)
    {
        var visible = new Measurements();
        using var http = new HttpClient { BaseAddress = host.Address };
        using var client = await LoadClient.ConnectAsync(host.Address);
        var (author, reader) = (await NewcomerAsync(http, "bench_author"), await NewcomerAsync(http, "bench_reader"));
        var feed = LoadClient.Get(host.Address, "feed?limit=1", reader);
        await client.SendAsync(feed);
        using (var follow = new HttpRequestMessage(HttpMethod.Put, "profiles/bench_author/follow"))
        {
            follow.Headers.Authorization = new("Bearer", reader);
            (await http.SendAsync(follow)).EnsureSuccessStatusCode();
        }

        for (var i = 0; i < 200; i++)
        {
            await IdleAsync(host);
            var text = $"Visible soon, number {i}.";
            await client.SendAsync(LoadClient.Post(host.Address, "posts", author, JsonSerializer.Serialize(new { text })));
            var watch = Stopwatch.StartNew();
            while (!(await client.SendAsync(feed, wantText: true)).Text!.Contains(text, StringComparison.Ordinal))
            {
                await Task.Delay(1);
            }

            visible.Add(watch.Elapsed);
        }

        return visible;
    }

    private static async Task<string> NewcomerAsync(HttpClient http, string handle)
    {
        var token = await TokenAsync(http, handle);
        using var request = new HttpRequestMessage(HttpMethod.Post, "profiles") { Content = JsonContent.Create(new { handle, displayName = handle }) };
        request.Headers.Authorization = new("Bearer", token);
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
        return token;
    }

    /// <summary>
    /// Entries per second: from the acknowledgement of a post by somebody with 10,000 followers until everything has been carried out,
    /// moderation included. The median of five posts.
    /// </summary>
    private static async Task<double> FanOutAsync(HostProcess host)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var client = await LoadClient.ConnectAsync(host.Address);
        var star = await TokenAsync(http, Population.Star);
        var rates = new List<double>();
        var before = Processor(host);
        for (var i = 0; i < 7; i++)
        {
            await IdleAsync(host);
            await client.SendAsync(LoadClient.Post(host.Address, "posts", star, $"{{\"text\":\"To all of you, number {i}\"}}"));
            var watch = Stopwatch.StartNew();
            await IdleAsync(host);
            rates.Add(PopulationSize.Crowd / watch.Elapsed.TotalSeconds);
        }

        Console.WriteLine($"  {(Processor(host) - before).TotalMicroseconds / (rates.Count * PopulationSize.Crowd):F1} us of the host's processor time each");
        rates.Sort();
        return rates[rates.Count / 2];
    }

    private static async Task IdleAsync(HostProcess host)
    {
        using var client = await LoadClient.ConnectAsync(host.Address);
        var request = LoadClient.Get(host.Address, "dev/backlog", null);
        while (!(await client.SendAsync(request, wantText: true)).Text!.Contains("\"idle\":true", StringComparison.Ordinal))
        {
            await Task.Delay(5);
        }
    }

    /// <summary>What the host has used of the processors: a figure that holds on a busy machine too.</summary>
    private static TimeSpan Processor(HostProcess host)
    {
        using var process = Process.GetProcessById(host.ProcessId);
        return process.TotalProcessorTime;
    }

    private static double ResidentMegabytes(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64 / (1024.0 * 1024.0);
    }
}
