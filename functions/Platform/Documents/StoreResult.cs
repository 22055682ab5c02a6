namespace ServerlessSocial.Platform.Documents;

/// <summary>What became of a document operation.</summary>
public enum StoreStatus
{
    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>There is no such document.</summary>
    NotFound,

    /// <summary>The id is taken.</summary>
    Conflict,

    /// <summary>The document changed since it was read.</summary>
    PreconditionFailed,

    /// <summary>The store asks to come again later.</summary>
    Throttled,
}

/// <summary>Outcome of an operation on one document.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Document">The document as it is stored now, when the status is <see cref="StoreStatus.Done"/> (null after a delete).</param>
/// <param name="RetryAfter">How long to wait, when the status is <see cref="StoreStatus.Throttled"/>.</param>
public readonly record struct StoreResult<T>(StoreStatus Status, T? Document = null, TimeSpan? RetryAfter = null)
    where T : Document
{
    /// <summary>Whether the operation was carried out.</summary>
    public bool IsDone => Status == StoreStatus.Done;

    /// <summary>The document, or null when there is none.</summary>
    /// <exception cref="StoreThrottledException">The store asked to come again later.</exception>
    public T? OrNull() => Status switch
    {
        StoreStatus.Throttled => throw new StoreThrottledException(RetryAfter ?? TimeSpan.FromSeconds(1)),
        _ => Document,
    };

    /// <summary>The same result, for callers that cannot act on throttling themselves.</summary>
    /// <exception cref="StoreThrottledException">The store asked to come again later.</exception>
    public StoreResult<T> NotThrottled() =>
        Status == StoreStatus.Throttled ? throw new StoreThrottledException(RetryAfter ?? TimeSpan.FromSeconds(1)) : this;
}

/// <summary>The store asks to come again later: 429 with Retry-After to an HTTP caller; a queue worker's message comes again when it has waited.</summary>
public sealed class StoreThrottledException(TimeSpan retryAfter) : Exception("The document store is throttling requests.")
{
    /// <summary>How long to wait.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The document store cannot read or write now: 503 to an HTTP caller; a queue worker's message comes again. Thrown by adapters.</summary>
/// <param name="message">What is the matter, as a sentence for whoever operates the service.</param>
/// <param name="inner">What the store said.</param>
public abstract class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);
