using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>Tells that a reaction could not be settled.</summary>
public sealed class SettleReactionDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(SettleReactionDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ReactionPipeline.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(ReactionPipeline.Queue, message);
}
