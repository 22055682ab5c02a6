using System.Globalization;

namespace ServerlessSocial.Platform.Limits;

/// <summary>
/// The fields <c>RateLimit-Policy</c> and <c>RateLimit</c> (draft-ietf-httpapi-ratelimit-headers-10; lists of strings with parameters, RFC 9651):
/// <c>q</c> units in <c>w</c> seconds, of which <c>r</c> are left; <c>t</c> seconds until the bucket is full again or, with 429, until there is
/// enough in it.
/// </summary>
internal static class RateLimitFields
{
    private static readonly string[] Names = [.. Enum.GetNames<Bucket>().Select(name => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name))];

    /// <summary>The policy's name.</summary>
    public static string NameOf(Bucket bucket) => Names[(int)bucket];

    /// <summary>Adds how a bucket stands to an answer.</summary>
    public static void Add(HttpResponse response, Bucket bucket, Rate rate, BucketState state)
    {
        var unit = bucket == Bucket.UploadBytes ? ";qu=\"content-bytes\"" : string.Empty;
        response.Headers.Append("RateLimit-Policy", string.Create(CultureInfo.InvariantCulture, $"\"{NameOf(bucket)}\";q={Whole(rate.Burst)};w={Up(rate.Window)}{unit}"));
        response.Headers.Append("RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"{NameOf(bucket)}\";r={Whole(state.Left)};t={Up(state.Wait.TotalSeconds)}"));
    }

    private static long Whole(double units) => (long)Math.Floor(units + 1e-6);

    private static long Up(double seconds) => (long)Math.Ceiling(seconds);
}
