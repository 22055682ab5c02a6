using ServerlessSocial.Benchmarks;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Tests.Costs;

/// <summary>A queue that tells a meter of every message and leaves it to another.</summary>
internal sealed class CountingWorkQueue(IWorkQueue inner, CostMeter meter) : IWorkQueue
{
    public ValueTask SendAsync(IReadOnlyCollection<WorkItem> items, CancellationToken cancellationToken)
    {
        meter.Add(null, OperationCounts.None with { Messages = items.Count });
        return inner.SendAsync(items, cancellationToken);
    }
}
