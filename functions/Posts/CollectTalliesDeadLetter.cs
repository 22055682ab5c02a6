using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>Has a post's likes collected again that could not be collected: its waiting entry may be struck off already.</summary>
public sealed partial class CollectTalliesDeadLetter(ShardedTallies shards, ILogger<CollectTalliesDeadLetter> log)
{
    /// <summary>Takes a dead-lettered message.</summary>
    [Function(nameof(CollectTalliesDeadLetter))]
    [Access(Access.System)]
    public async Task RunAsync(
        [ServiceBusTrigger(CollectTallies.Queue + "/$deadletterqueue", Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken)
    {
        using var activity = WorkTelemetry.DeadLettered(CollectTallies.Queue, message);
        await shards.CollectLaterAsync([message.Id], cancellationToken);
        Exhausted(log, message.Id, message.Attempt);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Posts: the likes of {Id} were not collected at attempt {Attempt}; they are collected again later.")]
    private static partial void Exhausted(ILogger log, string id, int attempt);
}
