using System.Collections.Concurrent;

namespace ServerlessSocial.Platform.Limits;

/// <summary>
/// Spreads what one party does too often over time: some pieces go at once, and each further one a pause later than the one before. It is the
/// generic cell rate algorithm (ITU-T I.371): one moment is remembered for each party, from which its next piece would be on time.
/// </summary>
/// <param name="atOnce">Pieces that go at once, at least 1.</param>
/// <param name="pause">By how much each further one comes later, above zero.</param>
/// <param name="longest">How late a piece can be at most.</param>
/// <param name="time">The clock.</param>
public sealed class Pacing(int atOnce, TimeSpan pause, TimeSpan longest, TimeProvider time)
{
    private const int TidyFrom = 10_000;

    private readonly TimeSpan lead = pause * (atOnce - 1);
    private readonly ConcurrentDictionary<object, DateTimeOffset> onTimeFrom = new();

    /// <summary>When the party's next piece may go; null at once.</summary>
    public DateTimeOffset? Next(object party)
    {
        var now = time.GetUtcNow();
        if (onTimeFrom.Count >= TidyFrom)
        {
            foreach (var entry in onTimeFrom.Where(entry => entry.Value <= now))
            {
                onTimeFrom.TryRemove(entry);
            }
        }

        var next = onTimeFrom.AddOrUpdate(party, _ => now + pause, (_, from) => Earlier(from > now ? from : now, now + lead + longest) + pause);
        var moment = next - pause - lead;
        return moment > now ? moment : null;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
