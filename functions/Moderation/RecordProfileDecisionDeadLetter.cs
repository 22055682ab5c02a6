using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>Tells that what follows from a decision on a profile could not be put on record. The decision itself stands on it.</summary>
public sealed class RecordProfileDecisionDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(RecordProfileDecisionDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ProfilePipeline.RecordQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(ProfilePipeline.RecordQueue, message);
}
