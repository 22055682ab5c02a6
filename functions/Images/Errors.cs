using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Images;

/// <summary>The day's pictures are used up.</summary>
/// <param name="Limit">Pictures per day.</param>
/// <param name="ResetAt">When the next day begins (UTC).</param>
/// <param name="Now">The present.</param>
public sealed record ImageQuotaExceeded(int Limit, DateTimeOffset ResetAt, DateTimeOffset Now) : Error(
    ErrorKind.TooManyRequests, "image-quota", $"You have asked for all of today's {Limit} pictures. You can ask again from {ResetAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => ResetAt - Now;
}
