using System.Diagnostics.Metrics;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Feeds;

/// <summary>Meters how posts reach feeds.</summary>
internal static class FeedMetrics
{
    private static readonly Counter<long> Written = ServiceTelemetry.Meter.CreateCounter<long>(
        "serverless_social.feeds.entries", "{entry}", "Feed entries that fan-out wrote, by what was carried.");

    private static readonly Histogram<double> Lag = ServiceTelemetry.CreateDurations(
        "serverless_social.posts.visible_lag", "Time from publishing a post, or from the decision that released it, to its being distributed.");

    /// <summary>Counts entries of a post.</summary>
    public static void Posts(int entries) => Written.Add(entries, new KeyValuePair<string, object?>("of", "post"));

    /// <summary>Counts entries of a boost.</summary>
    public static void Boosts(int entries) => Written.Add(entries, new KeyValuePair<string, object?>("of", "boost"));

    /// <summary>Notes how long a post took to be distributed.</summary>
    public static void Distributed(TimeSpan lag) => Lag.Record(Math.Max(0, lag.TotalSeconds));
}
