using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>Tells that a post could not be shown or hidden.</summary>
public sealed class ProjectPostDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(ProjectPostDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(PostPipeline.ProjectionQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(PostPipeline.ProjectionQueue, message);
}
