using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.ContractTests.Queues;

/// <summary>A delivery as the contract sees it; an adapter derives its own to find the message again.</summary>
public abstract record Delivery(string MessageId, WorkMessage Message, int DeliveryCount);

/// <summary>What an adapter brings to the contract: derive one per queue service.</summary>
public abstract class WorkQueueFixture : IAsyncLifetime
{
    /// <summary>Short lock, three deliveries, duplicates remembered for a minute. Provide these queues, empty.</summary>
    public static IReadOnlyList<QueueDefinition> Queues { get; } =
        [.. Enumerable.Range(1, 20).Select(i => new QueueDefinition($"contract-{i}")
        {
            LockDuration = TimeSpan.FromSeconds(5),
            MaxDeliveryCount = 3,
            DuplicateDetectionWindow = TimeSpan.FromMinutes(1),
        })];

    private int taken;

    public abstract IWorkQueue Queue { get; }

    /// <summary>A queue nobody has used yet.</summary>
    public string TakeQueue() => Queues[taken++].Name;

    /// <summary>Waits for messages and locks them.</summary>
    public abstract Task<IReadOnlyList<Delivery>> ReceiveAsync(string queue, int maxMessages, CancellationToken cancellationToken);

    /// <summary>Locks what is there now, from the dead-letter queue if asked; perhaps nothing.</summary>
    public abstract Task<IReadOnlyList<Delivery>> PeekLockAsync(string queue, bool deadLetters = false);

    public abstract Task<bool> CompleteAsync(Delivery delivery);

    public abstract Task<bool> AbandonAsync(Delivery delivery, TimeSpan delay);

    public abstract Task<bool> RenewAsync(Delivery delivery);

    /// <summary>Lets time pass for the service: moves its clock, or waits.</summary>
    public abstract Task PassAsync(TimeSpan passing);

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();
}
