using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Graph;

/// <summary>Tells that a message about followers who move ran out of deliveries. The waiting index still holds the work and sends it again later.</summary>
public sealed partial class MoveFollowersDeadLetter(ILogger<MoveFollowersDeadLetter> log)
{
    /// <summary>Takes a dead-lettered message.</summary>
    [Function(nameof(MoveFollowersDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(MoveFollowers.Queue + "/$deadletterqueue", Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken)
    {
        using var activity = WorkTelemetry.DeadLettered(MoveFollowers.Queue, message);
        Exhausted(log, message.Id, message.After, message.Attempt);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Graph: moving the followers of {Id} ran out of deliveries at {After}, attempt {Attempt}; it is sent again later.")]
    private static partial void Exhausted(ILogger log, string id, string? after, int attempt);
}
