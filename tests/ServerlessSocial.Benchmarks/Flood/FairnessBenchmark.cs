using System.Diagnostics;

namespace ServerlessSocial.Benchmarks.Flood;

/// <summary>While five accounts post 300 posts each as fast as they may, with limits that let them: how long another's post takes.</summary>
internal static class FairnessBenchmark
{
    private const int Flooders = 5;
    private const int PostsEach = 300;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);

    /// <summary>Runs it and prints the figures.</summary>
    public static async Task RunAsync()
    {
        await using var network = await FloodNetwork.StartAsync("--Limits:Factor=10000");
        var flooders = await network.SignUpAsync("flooder", Flooders);
        var others = await network.SignUpAsync("other", 2);
        using var client = await LoadClient.ConnectAsync(network.Api);
        await MeasureAsync(network, client, others, "Warming up", until: null);

        var posting = Task.WhenAll(flooders.Select(token => Task.Run(() => FloodAsync(network.Api, token))));
        var during = await MeasureAsync(network, client, others, "While they post", posting);
        var seconds = await posting;
        var after = await MeasureAsync(network, client, others, "While their posts wait", until: null);
        Console.WriteLine($"{Flooders} accounts posted {PostsEach} each in {seconds.Max():F1} s; their posts {(await network.IsIdleAsync() ? "are all through" : "still wait")}");
        Console.WriteLine($"another's post visible to a follower: while they posted {during} of {during.Count}; while their posts waited {after} of {after.Count} (goal p99 300 ms)");
    }

    private static async Task<double> FloodAsync(Uri api, string token)
    {
        var watch = Stopwatch.StartNew();
        using var client = await LoadClient.ConnectAsync(api);
        for (var i = 0; i < PostsEach; i++)
        {
            await client.SendAsync(LoadClient.Post(api, "posts", token, $"{{\"text\":\"One of very many, number {i}\"}}"));
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<Measurements> MeasureAsync(FloodNetwork network, LoadClient client, IReadOnlyList<string> others, string text, Task? until)
    {
        var visible = new Measurements();
        var watch = Stopwatch.StartNew();
        for (var i = 0; until is null ? watch.Elapsed < Measured : !until.IsCompleted; i++)
        {
            visible.Add((await network.PostAsync(client, others[0], others[1], $"{text}, number {i}.")).Visible);

            // Somebody who posts now and then: more would have to wait for their own posts.
            await Task.Delay(until is null ? 260 : 50);
        }

        return visible;
    }
}
