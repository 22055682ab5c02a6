using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>Has a post's likes collected again that could not be collected: its waiting entry may be struck off already.</summary>
public sealed class CollectTalliesDeadLetter(ShardedTallies shards, DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(CollectTalliesDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(CollectTallies.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        deadLetters.SettleAsync(CollectTallies.Queue, message, () => shards.CollectLaterAsync([message.Id], cancellationToken), cancellationToken);
}
