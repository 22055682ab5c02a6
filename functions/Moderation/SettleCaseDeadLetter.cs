using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Moderation;

/// <summary>Tells that a decision could not be carried out. It stands in its case and is tried again from the waiting index.</summary>
public sealed class SettleCaseDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(SettleCaseDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(CasePipeline.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(CasePipeline.Queue, message);
}
