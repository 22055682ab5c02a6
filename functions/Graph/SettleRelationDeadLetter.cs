using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Graph;

/// <summary>Tells that a relation could not be settled.</summary>
public sealed class SettleRelationDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(SettleRelationDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(RelationPipeline.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(RelationPipeline.Queue, message);
}
