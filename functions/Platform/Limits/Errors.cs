using System.Globalization;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Platform.Limits;

/// <summary>The caller has used up what may be done in so short a time.</summary>
/// <param name="Bucket">What of.</param>
/// <param name="Rate">What may be done.</param>
/// <param name="Wait">When there will be enough of it.</param>
public sealed record RateLimited(Bucket Bucket, Rate Rate, TimeSpan Wait) : Error(
    ErrorKind.TooManyRequests,
    "rate-limited",
    string.Create(
        CultureInfo.InvariantCulture,
        $"That is too much in a short time. Of \"{RateLimitFields.NameOf(Bucket)}\" you have {Math.Floor(Rate.Burst):0}, which come back at {Rate.PerSecond * 3600:0.##} an hour; wait as long as Retry-After says."))
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => Wait;
}
