using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>A message under lock: complete, abandon or dead-letter it before <paramref name="LockedUntil"/>, or renew the lock.</summary>
/// <param name="Queue">The queue it was received from.</param>
/// <param name="MessageId">Its deterministic identity.</param>
/// <param name="Message">The work.</param>
/// <param name="DeliveryCount">How often it was delivered, this time included.</param>
/// <param name="EnqueuedAt">When it was sent.</param>
/// <param name="LockedUntil">When others may receive it.</param>
/// <param name="Sequence">Its row.</param>
/// <param name="Lock">Proof that this delivery still holds the lock.</param>
internal sealed record ReceivedMessage(
    string Queue,
    string MessageId,
    WorkMessage Message,
    int DeliveryCount,
    DateTimeOffset EnqueuedAt,
    DateTimeOffset LockedUntil,
    long Sequence,
    long Lock);

/// <summary>How full a queue is.</summary>
/// <param name="Active">Messages that can be received now.</param>
/// <param name="Scheduled">Messages for later, abandoned ones with a delay included.</param>
/// <param name="Locked">Messages being worked on.</param>
/// <param name="DeadLettered">Messages in its dead-letter queue.</param>
internal sealed record QueueCounts(long Active, long Scheduled, long Locked, long DeadLettered)
{
    /// <summary>Whether no work is left; dead letters wait for a person and do not count.</summary>
    public bool IsIdle => Active + Scheduled + Locked == 0;
}
