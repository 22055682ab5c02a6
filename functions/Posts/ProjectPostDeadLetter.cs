using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>Reports a post that could not be shown or hidden. Its waiting entry stays, so it is sent again later.</summary>
public sealed partial class ProjectPostDeadLetter(ILogger<ProjectPostDeadLetter> log)
{
    /// <summary>Runs for a message that exhausted its deliveries.</summary>
    [Function(nameof(ProjectPostDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(PostPipeline.ProjectionQueue + "/$deadletterqueue", Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken)
    {
        using var activity = WorkTelemetry.DeadLettered(PostPipeline.ProjectionQueue, message);
        GaveUp(log, message.Id, message.Revision, message.Attempt);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Post {Id} at revision {Revision} was not shown or hidden (attempt {Attempt}).")]
    private static partial void GaveUp(ILogger log, string id, long revision, int attempt);
}
