using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Tells that held-back work could not be resumed.</summary>
public sealed class ResumeWorkDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(ResumeWorkDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ResumeWork.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(ResumeWork.Queue, message);
}
