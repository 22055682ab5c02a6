using System.Diagnostics.Metrics;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Images;

/// <summary>Meters image generation.</summary>
internal static class ImageMetrics
{
    private static readonly Counter<long> Finished =
        ServiceTelemetry.Meter.CreateCounter<long>("serverless_social.images.finished", "{image}", "Image jobs that came to rest, by outcome.");

    /// <summary>Counts a job that came to rest.</summary>
    public static void Count(ImageJobState outcome) => Finished.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));
}
