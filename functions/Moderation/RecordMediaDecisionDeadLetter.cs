using ServerlessSocial.Media;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Moderation;

/// <summary>Tells that what follows from a decision on a picture could not be put on record. The decision itself stands on it.</summary>
public sealed class RecordMediaDecisionDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(RecordMediaDecisionDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(MediaPipeline.RecordQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(MediaPipeline.RecordQueue, message);
}
