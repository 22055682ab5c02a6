using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>Brings together what the shards of a popular post have counted.</summary>
public sealed class CollectTallies(Dispatcher dispatcher, ShardedTallies shards, Retries retries)
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "tally-collections";

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Takes a message about a post.</summary>
    [Function(nameof(CollectTallies))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        retries.RunAsync(Queue, message, () => CollectAsync(message, cancellationToken), cancellationToken);

    private async Task CollectAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        // Struck off before the shards are read: whoever counts later notes the work anew.
        if (message.WaitingId is { } waitingId)
        {
            await dispatcher.StrikeAsync(Queue, waitingId, cancellationToken);
        }

        await shards.CollectAsync(message.Id, cancellationToken);
    }
}
