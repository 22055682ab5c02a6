using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>Tells that a scheduled post could not be written.</summary>
public sealed class PublishScheduledPostDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(PublishScheduledPostDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ScheduledPostPipeline.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(ScheduledPostPipeline.Queue, message);
}
