using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Exports;

/// <summary>An archive is being made already.</summary>
public sealed record ExportUnderway(string Id) : Error(ErrorKind.Conflict, "export-underway", $"An archive is being made already: GET /api/me/exports/{Id}.");

/// <summary>The day's archives are used up.</summary>
/// <param name="Limit">Archives in 24 hours.</param>
/// <param name="NextAt">When another may be asked for.</param>
/// <param name="Now">The present.</param>
public sealed record ExportQuotaExceeded(int Limit, DateTimeOffset NextAt, DateTimeOffset Now) : Error(
    ErrorKind.TooManyRequests, "export-quota", $"You can ask for {Limit} archives in 24 hours; the next one from {NextAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => NextAt - Now;
}
