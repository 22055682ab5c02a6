using ServerlessSocial.Benchmarks;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Tests.Costs;

/// <summary>
/// A queue that tells a meter of every message and leaves it to another. Wake-ups of the sweep go nowhere: like timers they cost by the
/// minute, not by the operation.
/// </summary>
internal sealed class CountingWorkQueue(IWorkQueue inner, CostMeter meter) : IWorkQueue
{
    public ValueTask SendAsync(IReadOnlyCollection<WorkItem> items, CancellationToken cancellationToken)
    {
        var counted = items.Where(item => item.Queue != SweepWaiting.Queue).ToList();
        meter.Add(null, OperationCounts.None with { Messages = counted.Count });
        return inner.SendAsync(counted, cancellationToken);
    }
}
