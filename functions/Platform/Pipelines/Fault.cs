using System.Data.Common;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>What kind of trouble stopped a worker.</summary>
public enum FaultKind
{
    /// <summary>It came too early: what it builds on is not there yet, or somebody else was faster. Passes within moments.</summary>
    Early,

    /// <summary>Something it needs is out or throttles. Passes within minutes.</summary>
    Outage,

    /// <summary>Nobody knows it: a bug, or data that cannot be worked on. Hardly passes.</summary>
    Unknown,
}

/// <summary>Why a worker failed.</summary>
/// <param name="Kind">What kind of trouble it is.</param>
/// <param name="RetryAfter">How long whoever throttles asks to wait.</param>
public sealed record Fault(FaultKind Kind, TimeSpan? RetryAfter = null);

/// <summary>Knows the exceptions of an adapter.</summary>
public interface IFaultReader
{
    /// <summary>What an exception means; null if it is not known here.</summary>
    Fault? Read(Exception exception);
}

/// <summary>What a worker builds on is not there yet, or changed under its hands: its message comes again in a moment.</summary>
public abstract class PrematureException(string message) : Exception(message);

/// <summary>A worker met a document older than its message, or lost a race.</summary>
public sealed class StaleReadException(string where, long expected, long? found)
    : PrematureException($"{where}: revision {expected} is not here yet (found {found?.ToString(null, null) ?? "none"}), or the document changed meanwhile.");

/// <summary>Tells faults apart.</summary>
public sealed class Faults(IEnumerable<IFaultReader> readers)
{
    private readonly IFaultReader[] readers = [.. readers];

    /// <summary>What an exception means; of several that it holds, the one that asks for the longest wait.</summary>
    public Fault Of(Exception exception) =>
        Inside(exception).Select(Read).OfType<Fault>().OrderByDescending(fault => fault.RetryAfter ?? TimeSpan.Zero).FirstOrDefault() ?? new(FaultKind.Unknown);

    private Fault? Read(Exception exception) => exception switch
    {
        PrematureException => new(FaultKind.Early),
        StoreThrottledException throttled => new(FaultKind.Outage, throttled.RetryAfter),
        StoreUnavailableException or TimeoutException or OperationCanceledException or HttpRequestException or SocketException or DbException => new(FaultKind.Outage),
        IOException and not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) => new(FaultKind.Outage),
        _ => readers.Select(reader => reader.Read(exception)).FirstOrDefault(fault => fault is not null),
    };

    private static IEnumerable<Exception> Inside(Exception exception) => exception switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Inside),
        { InnerException: { } inner } => Inside(inner).Prepend(exception),
        _ => [exception],
    };
}

/// <summary>What the HTTP answers of services mean.</summary>
public static class FaultStatus
{
    /// <summary>
    /// Whether a status passes: no answer at all (0), time-outs, throttling, the service's own faults, and an identity whose roles have
    /// not arrived everywhere. 410 and 449 are Cosmos DB's for partitions on the move and for writes in each other's way.
    /// </summary>
    public static bool Passes(int status) => status is 0 or 401 or 403 or 408 or 410 or 429 or 449 or >= 500;

    /// <summary>Reads a Retry-After, seconds or a date (RFC 9110, section 10.2.3); null if it is neither.</summary>
    public static TimeSpan? RetryAfter(string? value, DateTimeOffset now) =>
        !RetryConditionHeaderValue.TryParse(value, out var parsed) ? null : parsed.Delta ?? (parsed.Date - now);
}
