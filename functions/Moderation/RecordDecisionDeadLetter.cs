using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Tells that a decision could not be put on record. The decision itself stands on the post.</summary>
public sealed class RecordDecisionDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(RecordDecisionDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(PostPipeline.RecordQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(PostPipeline.RecordQueue, message);
}
