using System.Collections.Concurrent;
using System.Diagnostics;

namespace ServerlessSocial.Benchmarks.Flood;

/// <summary>
/// Two hundred people at their pace, alone and beside twenty abusive accounts at full speed, in turn: what the people notice of them. The limits
/// are those of a fresh installation, and everybody's account is new.
/// </summary>
internal static class FloodBenchmark
{
    private const int People = 200;
    private const int Abusers = 20;
    private const int Turns = 7;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(4);

    /// <summary>Seconds between what one person does: a look into the feed, a like, a post.</summary>
    private const double FeedEvery = 4;
    private const double PostEvery = 25;

    /// <summary>Runs it and prints the figures.</summary>
    /// <param name="settings">Settings of the host that are to be other than by default.</param>
    public static async Task RunAsync(string[] settings)
    {
        // They all sign up from this machine.
        await using var network = await FloodNetwork.StartAsync(["--Limits:SignUps:Burst=1000", "--Limits:AnonymousReads:Burst=100000", .. settings]);
        var people = await network.SignUpAsync("person", People);
        var abusers = await network.SignUpAsync("abuser", Abusers);
        var figures = new Dictionary<bool, FloodFigures> { [false] = new(), [true] = new() };
        FloodFigures? current = null;
        using var ended = new CancellationTokenSource();
        var living = Task.WhenAll(Enumerable.Range(0, People).Select(i => LiveAsync(network, people, i, () => current, ended.Token)));
        await Task.Delay(Warming);

        var statuses = new ConcurrentDictionary<int, int>();
        for (var turn = 0; turn < 2 * Turns; turn++)
        {
            var isFlood = turn % 2 == 1;
            using var enough = new CancellationTokenSource();
            var flood = isFlood ? Task.WhenAll(abusers.Select(token => Task.Run(() => FloodAsync(network.Api, token, statuses, enough.Token)))) : Task.CompletedTask;
            await Task.Delay(TimeSpan.FromSeconds(1));
            current = figures[isFlood];
            await Task.Delay(Turn);
            current = null;
            await enough.CancelAsync();
            await flood;
        }

        await ended.CancelAsync();
        await living;
        Print(figures[false], figures[true], statuses);
    }

    /// <summary>Somebody who looks into the feed every few seconds, likes something now and then, and posts.</summary>
    private static async Task LiveAsync(FloodNetwork network, IReadOnlyList<string> people, int index, Func<FloodFigures?> current, CancellationToken ended)
    {
        var random = new Random(index);
        using var client = await LoadClient.ConnectAsync(network.Api);
        var feed = LoadClient.Get(network.Api, "feed", people[index]);
        for (var number = 0; !ended.IsCancellationRequested; number++)
        {
            await Task.Delay(TimeSpan.FromSeconds(FeedEvery * 2 * random.NextDouble()), CancellationToken.None);
            if (random.NextDouble() < FeedEvery / PostEvery)
            {
                var during = current();
                var (acknowledged, visible) = await network.PostAsync(client, people[index], people[(index + 1) % people.Count], $"Person {index}, thought {number}.");
                during?.Add(acknowledged, visible);
            }
            else
            {
                var during = current();
                during?.Add((await client.SendAsync(feed)).Elapsed);
            }
        }
    }

    /// <summary>Somebody who does whatever the service offers again and again, and does not care how it is answered.</summary>
    private static async Task FloodAsync(Uri api, string token, ConcurrentDictionary<int, int> statuses, CancellationToken enough)
    {
        var random = new Random(token.GetHashCode(StringComparison.Ordinal));
        using var client = await LoadClient.ConnectAsync(api);
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var request = random.Next(10) switch
            {
                < 5 => LoadClient.Post(api, "posts", token, $"{{\"text\":\"Buy @person_{random.Next(People)} now, number {number}\"}}"),
                < 7 => LoadClient.Put(api, $"profiles/person_{random.Next(People)}/follow", token),
                7 => LoadClient.Get(api, $"profiles/person_{random.Next(People)}/posts", token),
                _ => LoadClient.Get(api, "feed?limit=100", token),
            };
            statuses.AddOrUpdate((await client.ExchangeAsync(request)).Status, 1, (_, count) => count + 1);
        }
    }

    private static void Print(FloodFigures quiet, FloodFigures flood, ConcurrentDictionary<int, int> statuses)
    {
        Console.WriteLine($"{Abusers} abusive accounts were answered {string.Join(", ", statuses.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}: {entry.Value / (Turns * (Turn.TotalSeconds + 1)):N0}/s"))}");
        Console.WriteLine($"{People} people beside them{"",-24}{"quiet p50 / p99 ms",22}{"flood p50 / p99 ms",22}{"p99 ratio (goal 1.5)",24}");
        Row("feed page", quiet.Feed, flood.Feed);
        Row("post acknowledged", quiet.Acknowledged, flood.Acknowledged);
        Row("post visible to a follower", quiet.Visible, flood.Visible);

        static void Row(string name, Measurements quiet, Measurements flood) => Console.WriteLine(
            $"  {name,-42}{$"{quiet.Percentile(0.5):F1} / {quiet.Percentile(0.99):F1}",22}{$"{flood.Percentile(0.5):F1} / {flood.Percentile(0.99):F1}",22}{flood.Percentile(0.99) / quiet.Percentile(0.99),24:F2}   ({quiet.Count} and {flood.Count} times)");
    }
}

/// <summary>What people noticed in the turns of a kind.</summary>
internal sealed class FloodFigures
{
    private readonly Lock gate = new();

    /// <summary>Pages of the feed.</summary>
    public Measurements Feed { get; } = new();

    /// <summary>Posts until they were acknowledged.</summary>
    public Measurements Acknowledged { get; } = new();

    /// <summary>Posts from then until they were visible.</summary>
    public Measurements Visible { get; } = new();

    /// <summary>Adds a page.</summary>
    public void Add(TimeSpan feed)
    {
        lock (gate)
        {
            Feed.Add(feed);
        }
    }

    /// <summary>Adds a post.</summary>
    public void Add(TimeSpan acknowledged, TimeSpan visible)
    {
        lock (gate)
        {
            Acknowledged.Add(acknowledged);
            Visible.Add(visible);
        }
    }
}
