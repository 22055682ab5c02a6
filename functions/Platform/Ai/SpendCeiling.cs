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
    private string day = string.Empty;
    private double noted;
    private double unnoted;
    private DateTimeOffset readAt = DateTimeOffset.MinValue;

    /// <summary>The error for whoever asks a model for something when the day's dollars are spent; null while there are some.</summary>
    public async ValueTask<SpendCeilingReached?> ReachedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.DailyDollars is not { } ceiling)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (Spent(now) < ceiling && IsStale(now))
        {
            await NoteAsync(cancellationToken);
        }

        return Spent(now) < ceiling ? null : new(new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero), now);
    }

    /// <summary>Counts what a call cost. The call stands whether that can be noted now or not.</summary>
    internal async ValueTask SpendAsync(double dollars)
    {
        if (dollars <= 0 || options.Value.DailyDollars is not { } ceiling)
        {
            return;
        }

        if (Add(dollars, time.GetUtcNow()) < ceiling / SharesPerDay)
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
        var (of, dollars) = Take(now);
        try
        {
            var stored = dollars == 0
                ? await documents.FindAsync<ModelSpendDocument>(of, ModelSpendDocument.Of(of).Id, cancellationToken)
                : await documents.SetAsync<ModelSpendDocument>(
                    of, ModelSpendDocument.Of(of).Id, found => (found ?? ModelSpendDocument.Of(of)) with { Dollars = (found?.Dollars ?? 0) + dollars }, cancellationToken);
            Learn(of, stored?.Dollars ?? 0, now);
        }
        catch
        {
            PutBack(of, dollars);
            throw;
        }
    }

    private double Spent(DateTimeOffset now)
    {
        lock (gate)
        {
            return day == ModelSpendDocument.DayOf(now) ? noted + unnoted : 0;
        }
    }

    private bool IsStale(DateTimeOffset now)
    {
        lock (gate)
        {
            return day != ModelSpendDocument.DayOf(now) || readAt + Fresh <= now;
        }
    }

    /// <summary>Adds to today's. What was not noted of an earlier day is of no use any more.</summary>
    private double Add(double dollars, DateTimeOffset now)
    {
        lock (gate)
        {
            Turn(now);
            return unnoted += dollars;
        }
    }

    private (string Day, double Dollars) Take(DateTimeOffset now)
    {
        lock (gate)
        {
            Turn(now);
            var taken = unnoted;
            (unnoted, noted) = (0, noted + taken);
            return (day, taken);
        }
    }

    private void PutBack(string of, double dollars)
    {
        lock (gate)
        {
            if (of == day)
            {
                (unnoted, noted) = (unnoted + dollars, noted - dollars);
            }
        }
    }

    private void Learn(string of, double dollars, DateTimeOffset now)
    {
        lock (gate)
        {
            if (of == day)
            {
                // Two notes may come back in the other order: a day's sum only grows.
                (noted, readAt) = (Math.Max(noted, dollars), now);
            }
        }
    }

    private void Turn(DateTimeOffset now)
    {
        var today = ModelSpendDocument.DayOf(now);
        if (day != today)
        {
            (day, noted, unnoted, readAt) = (today, 0, 0, DateTimeOffset.MinValue);
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
