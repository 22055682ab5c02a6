using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Graph;

/// <summary>Tells that a profile's followers could not be moved to other buckets. Until they are, the old buckets are read.</summary>
public sealed class MoveFollowersDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(MoveFollowersDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(MoveFollowers.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(MoveFollowers.Queue, message);
}
