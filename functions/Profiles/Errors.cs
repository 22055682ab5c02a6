using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Profiles;

/// <summary>Somebody has the handle.</summary>
public sealed record HandleTaken(string Handle) : Error(ErrorKind.Conflict, "handle-taken", $"The handle {Handle} is taken.");

/// <summary>The handle was changed a short while ago.</summary>
/// <param name="NextAt">When it may be changed again.</param>
/// <param name="Now">The present.</param>
public sealed record HandleChangedLately(DateTimeOffset NextAt, DateTimeOffset Now) : Error(
    ErrorKind.TooManyRequests, "handle-changed-lately", $"You changed your handle a short while ago. You can change it again from {NextAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => NextAt - Now;
}

/// <summary>The caller has a profile already.</summary>
public sealed record ProfileExists() : Error(ErrorKind.Conflict, "profile-exists", "You have a profile already: GET /api/me.");
