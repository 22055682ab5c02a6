using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Polls;

/// <summary>Tells that the end of a poll could not be told.</summary>
public sealed class EndPollDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(EndPollDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(EndPoll.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(EndPoll.Queue, message);
}
