using System.Diagnostics.Metrics;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Posts;

/// <summary>Meters what is written.</summary>
internal static class PostMetrics
{
    private static readonly Counter<long> Posts = ServiceTelemetry.Meter.CreateCounter<long>(
        "serverless_social.posts.written", "{post}", "Posts that were written, by kind and visibility.");

    /// <summary>Counts a post that was stored.</summary>
    public static void Written(PostDocument post) => Posts.Add(
        1,
        new("kind", post.ReplyTo is not null ? "reply" : post.Quote is not null ? "quote" : "post"),
        new("visibility", post.Visibility.ToString().ToLowerInvariant()));
}
