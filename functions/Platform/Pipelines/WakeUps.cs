using System.Globalization;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>
/// Wakes the sweep when something that waits is due, and only then: a scheduled message a minute, however much falls due in it. Each
/// instance asks for a minute once; the queue drops what others have asked for.
/// </summary>
public sealed class WakeUps(TimeProvider time)
{
    private const int SlotSeconds = 60;

    /// <summary>The queue's clock may be a little ahead of this one: a wake-up that came just before the work is due would find nothing to do.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly SortedSet<long> asked = [];

    /// <summary>The wake-ups that work needs and this instance has not asked for yet. Send them, then say so by <see cref="Asked"/>.</summary>
    /// <param name="due">When work falls due.</param>
    public IReadOnlyList<WorkItem> For(IEnumerable<DateTimeOffset> due)
    {
        // Never the minute that is running: its wake-up may have been delivered, and the queue would drop another one.
        var earliest = SlotAt(time.GetUtcNow()) + 1;
        var slots = due.Select(moment => Math.Max(earliest, SlotAt(moment + ClockSkew) + 1)).Distinct().ToList();
        lock (gate)
        {
            slots.RemoveAll(asked.Contains);
        }

        return [.. slots.Select(WakeUp)];
    }

    /// <summary>Notes wake-ups that were sent.</summary>
    public void Asked(IReadOnlyList<WorkItem> sent)
    {
        if (sent.Count == 0)
        {
            return;
        }

        var now = SlotAt(time.GetUtcNow());
        lock (gate)
        {
            asked.RemoveWhere(slot => slot < now);
            asked.UnionWith(sent.Select(item => long.Parse(item.Message.Id, CultureInfo.InvariantCulture)));
        }
    }

    private static long SlotAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / SlotSeconds;

    private static WorkItem WakeUp(long slot)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(slot * SlotSeconds);
        var id = slot.ToString(CultureInfo.InvariantCulture);
        return new(SweepWaiting.Queue, $"wake-up-{id}", new WorkMessage(SweepWaiting.Everything, id, 0) { SentAt = at }, at);
    }
}
