using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>One queue, or one dead-letter queue, in memory.</summary>
internal sealed record WorkQueueState(QueueDefinition Definition, bool DeadLetters)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = DeadLetters ? Definition.Name + SqliteWorkQueue.DeadLetterSuffix : Definition.Name;

    /// <summary>The queue its messages go to when they fail for good; a dead-letter queue is its own.</summary>
    public string DeadLetterName => Definition.Name + SqliteWorkQueue.DeadLetterSuffix;

    /// <summary>Deliveries after which a message is dead-lettered.</summary>
    public int MaxDeliveries => DeadLetters ? int.MaxValue : Definition.MaxDeliveryCount;

    /// <summary>Lock duration in milliseconds.</summary>
    public long LockMilliseconds => (long)Definition.LockDuration.TotalMilliseconds;

    /// <summary>How long message ids are remembered, in milliseconds.</summary>
    public long DuplicateWindow => (long)Definition.DuplicateDetectionWindow.TotalMilliseconds;

    /// <summary>Wakes receivers when there may be something for them.</summary>
    public Signal Signal { get; } = new();
}
