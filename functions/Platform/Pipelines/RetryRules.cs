namespace ServerlessSocial.Platform.Pipelines;

/// <summary>
/// Settings section <c>Retries</c>: how long workers go on trying. With the defaults the last try comes about 47 minutes after the first,
/// give or take a fifth (the pauses are 2, 4, 8 ... 512 seconds and three times 10 minutes), later only by what a Retry-After adds: an
/// outage of half an hour ends with the work done, and what is still out after an hour has gone to the dead-letter queue.
/// </summary>
public sealed class RetryOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Retries";

    /// <summary>Pause after a first failure by an outage or an unknown fault; each further one is twice as long.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause after a worker came too early for the first time; each further one is twice as long.</summary>
    public TimeSpan ShortPause { get; set; } = TimeSpan.FromMilliseconds(125);

    /// <summary>Longest pause, unless a Retry-After asks for a longer one.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest Retry-After that is honoured.</summary>
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Tries in all while something is out. A worker that came too early has as many more as its shorter pauses take to catch up.</summary>
    public int Tries { get; set; } = 13;

    /// <summary>Tries in all for a fault that nobody knows.</summary>
    public int UnknownTries { get; set; } = 5;

    /// <summary>Whether the settings make sense.</summary>
    internal bool IsValid => ShortPause > TimeSpan.Zero && FirstPause >= ShortPause && LongestPause >= FirstPause && Tries >= 1 && UnknownTries >= 1;
}

/// <summary>When a worker that failed tries again. Pure.</summary>
public static class RetryRules
{
    /// <summary>Pauses differ by up to this share of themselves, so that what failed together does not come again together.</summary>
    public const double Spread = 0.2;

    /// <summary>The pause before the next try; null when there is none.</summary>
    /// <param name="fault">Why the worker failed.</param>
    /// <param name="failures">How often in a row it has failed on this message for a reason of this kind, this time included.</param>
    /// <param name="options">The settings.</param>
    /// <param name="chance">0 to 1: where within the spread the pause lies.</param>
    public static TimeSpan? PauseAfter(Fault fault, int failures, RetryOptions options, double chance)
    {
        if (failures >= TriesFor(fault.Kind, options))
        {
            return null;
        }

        var first = fault.Kind == FaultKind.Early ? options.ShortPause : options.FirstPause;
        var pause = Min(first * Math.Pow(2, Math.Min(failures - 1, 30)), options.LongestPause) * (1 - Spread + (2 * Spread * chance));
        return fault.RetryAfter is { } asked && asked > pause ? Min(asked, options.LongestRetryAfter) : pause;
    }

    /// <summary>Tries in all for a kind of fault.</summary>
    public static int TriesFor(FaultKind kind, RetryOptions options) => kind switch
    {
        FaultKind.Unknown => Math.Min(options.UnknownTries, options.Tries),
        FaultKind.Early => options.Tries + (int)Math.Ceiling(Math.Log2(options.FirstPause / options.ShortPause)),
        _ => options.Tries,
    };

    /// <summary>Tries in all whatever the faults, so that different ones in turn come to an end, too.</summary>
    public static int MostTries(RetryOptions options) => Enum.GetValues<FaultKind>().Max(kind => TriesFor(kind, options));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
