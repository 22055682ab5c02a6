using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Accounts;

/// <summary>Tells that the deletion of an account does not get on; the waiting index has it sent again.</summary>
public sealed class EraseAccountDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(EraseAccountDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(DeletionPipeline.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(DeletionPipeline.Queue, message);
}
