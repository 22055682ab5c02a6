using System.Diagnostics;

namespace ServerlessSocial.Benchmarks;

/// <summary>Durations of many requests.</summary>
internal sealed class Measurements
{
    private readonly List<double> milliseconds = [];

    /// <summary>How many.</summary>
    public int Count => milliseconds.Count;

    /// <summary>Adds one.</summary>
    public void Add(TimeSpan elapsed) => milliseconds.Add(elapsed.TotalMilliseconds);

    /// <summary>Adds those of another connection.</summary>
    public void Add(Measurements other) => milliseconds.AddRange(other.milliseconds);

    /// <summary>The value that a share of all stays below, in milliseconds.</summary>
    public double Percentile(double share)
    {
        milliseconds.Sort();
        return milliseconds.Count == 0 ? double.NaN : milliseconds[Math.Min(milliseconds.Count - 1, (int)(milliseconds.Count * share))];
    }

    /// <inheritdoc/>
    public override string ToString() => $"p50 {Percentile(0.5):F2} ms, p99 {Percentile(0.99):F2} ms";

    /// <summary>Runs requests one after another on several connections for a while.</summary>
    /// <param name="connections">Connections.</param>
    /// <param name="duration">How long.</param>
    /// <param name="api">Address of the API.</param>
    /// <param name="next">Makes the next request of a connection.</param>
    /// <param name="perSecond">Requests per second to keep to, all connections together; null sends as fast as answers come.</param>
    /// <returns>All durations, and requests per second.</returns>
    public static async Task<(Measurements All, double PerSecond)> LoadAsync(
        int connections, TimeSpan duration, Uri api, Func<Random, byte[]> next, double? perSecond = null)
    {
        var watch = Stopwatch.StartNew();
        var parts = await Task.WhenAll(Enumerable.Range(0, connections).Select(index => Task.Run(async () =>
        {
            var random = new Random(index);
            var part = new Measurements();
            using var client = await LoadClient.ConnectAsync(api);
            while (watch.Elapsed < duration)
            {
                while (perSecond is { } rate && part.Count > watch.Elapsed.TotalSeconds * rate / connections)
                {
                    await Task.Delay(1);
                }

                part.Add((await client.SendAsync(next(random))).Elapsed);
            }

            return part;
        })));
        var all = new Measurements();
        foreach (var part in parts)
        {
            all.Add(part);
        }

        return (all, all.Count / watch.Elapsed.TotalSeconds);
    }
}
