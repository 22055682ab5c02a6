using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Platform.Ai;

/// <summary>
/// Keeps what models cost the whole deployment in a day (UTC) below <see cref="ModelOptions.DailyDollars"/>: what people ask models for is turned off at the
/// ceiling until the next day. The checks of what they write count and go on, because without them nobody could post: each person's tokens bound those.
/// </summary>
/// <remarks>
/// A process notes its spending when it comes to a thousandth of the ceiling, and whatever there is after some seconds, and learns at the same time what
/// others have spent. So a day may end beyond the ceiling by a thousandth for each process, and by the calls that are under way. Without a ceiling nothing
/// is read or written.
/// </remarks>
public sealed partial class SpendCeiling(IDocumentStore documents, IOptions<ModelOptions> options, TimeProvider time, ILogger<SpendCeiling> log)
{
    private const int SharesPerDay = 1_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private DaySum<double> today = new(string.Empty, 0);
    private DateTimeOffset readAt = DateTimeOffset.MinValue;

    /// <summary>The error for whoever asks a model for something when the day's dollars are spent; null while there are some.</summary>
    public async ValueTask<SpendCeilingReached?> ReachedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.DailyDollars is not { } ceiling)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (Today(now, out var isStale).Spent < ceiling && isStale)
        {
            await NoteAsync(cancellationToken);
        }

        return Today(now, out _).Spent < ceiling ? null : new(UtcDay.EndOf(now), now);
    }

    /// <summary>Counts what a call cost. The call stands whether that can be noted now or not.</summary>
    internal async ValueTask SpendAsync(double dollars)
    {
        if (dollars <= 0 || options.Value.DailyDollars is not { } ceiling)
        {
            return;
        }

        if (Today(time.GetUtcNow(), out _).Add(dollars) < ceiling / SharesPerDay)
        {
            return;
        }

        try
        {
            await NoteAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            NotNoted(log, exception);
        }
    }

    /// <summary>Notes what this process has spent, and learns what all have.</summary>
    internal async ValueTask NoteAsync(CancellationToken cancellationToken)
    {
        if (options.Value.DailyDollars is null)
        {
            return;
        }

        var now = time.GetUtcNow();
        var sum = Today(now, out _);
        var (none, dollars) = (ModelSpendDocument.Of(sum.Day), sum.Take(least: 0));
        try
        {
            var stored = dollars == 0
                ? await documents.FindAsync<ModelSpendDocument>(none.Span, none.Id, cancellationToken)
                : await documents.SetAsync<ModelSpendDocument>(
                    none.Span, none.Id, found => (found ?? none) with { Dollars = (found?.Dollars ?? 0) + dollars }, cancellationToken);
            sum.Learn(stored?.Dollars ?? 0);
            Learned(sum, now);
        }
        catch
        {
            sum.PutBack(dollars);
            throw;
        }
    }

    /// <summary>The sum of a moment's day. What was not noted of an earlier one is of no use any more.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="isStale">Whether it is a while since the store was asked what others have spent.</param>
    private DaySum<double> Today(DateTimeOffset now, out bool isStale)
    {
        lock (gate)
        {
            var day = ModelSpendDocument.DayOf(now);
            if (today.Day != day)
            {
                (today, readAt) = (new(day, 0), DateTimeOffset.MinValue);
            }

            isStale = readAt + Fresh <= now;
            return today;
        }
    }

    private void Learned(DaySum<double> sum, DateTimeOffset now)
    {
        lock (gate)
        {
            readAt = ReferenceEquals(sum, today) ? now : readAt;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What models cost could not be noted; it is tried again with the next call.")]
    private static partial void NotNoted(ILogger log, Exception exception);
}

/// <summary>The service has spent on models what it may in a day.</summary>
/// <param name="ResetAt">When the next day begins (UTC).</param>
/// <param name="Now">The present.</param>
public sealed record SpendCeilingReached(DateTimeOffset ResetAt, DateTimeOffset Now) : Error(
    ErrorKind.Unavailable,
    "spend-ceiling",
    $"Nothing is made by models until {ResetAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: this service has spent on them what it may today. Everything else goes on.")
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => ResetAt - Now;
}
