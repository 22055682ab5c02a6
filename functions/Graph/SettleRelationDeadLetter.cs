using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Graph;

/// <summary>Reports a relation that could not be settled. Its waiting entry stays, so it is sent again later.</summary>
public sealed partial class SettleRelationDeadLetter(ILogger<SettleRelationDeadLetter> log)
{
    /// <summary>Runs for a message that exhausted its deliveries.</summary>
    [Function(nameof(SettleRelationDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(RelationPipeline.Queue + "/$deadletterqueue", Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken)
    {
        using var activity = WorkTelemetry.DeadLettered(RelationPipeline.Queue, message);
        GaveUp(log, message.PartitionKey, message.Id, message.Revision, message.Attempt);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Relation of {OwnerId} to {Id} at revision {Revision} was not settled (attempt {Attempt}).")]
    private static partial void GaveUp(ILogger log, string ownerId, string id, long revision, int attempt);
}
