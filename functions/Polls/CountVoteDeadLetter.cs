using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Polls;

/// <summary>Tells that a vote could not be counted.</summary>
public sealed class CountVoteDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(CountVoteDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(VotePipeline.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(VotePipeline.Queue, message);
}
