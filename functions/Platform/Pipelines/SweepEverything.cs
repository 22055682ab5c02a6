using System.Globalization;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>
/// Has the whole waiting index swept now and then, every shard there may ever have been: it finds entries that a smaller number of shards
/// left behind, and work whose wake-up was lost with a queue.
/// </summary>
public sealed class SweepEverything(IWorkQueue queue, TimeProvider time)
{
    /// <summary>Runs every six hours.</summary>
    [Function(nameof(SweepEverything))]
    [Access(Access.System)]
    public async Task RunAsync([TimerTrigger("0 10 */6 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var message = new WorkMessage(SweepWaiting.Everything, $"everything-{now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}", 0)
        {
            Part = WaitingOptions.MostShards,
            SentAt = now,
        };
        await queue.SendAsync([new WorkItem(SweepWaiting.Queue, message.Id, message)], cancellationToken);
    }
}
