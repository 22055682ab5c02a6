using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Tells operators that a decision could not be put on record. The decision itself stands on the post.</summary>
public sealed partial class RecordDecisionDeadLetter(ILogger<RecordDecisionDeadLetter> log)
{
    /// <summary>Logs; the waiting index sends the work again.</summary>
    [Function(nameof(RecordDecisionDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(PostPipeline.RecordQueue + "/$deadletterqueue", Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken)
    {
        using var activity = WorkTelemetry.DeadLettered(PostPipeline.RecordQueue, message);
        NotRecorded(log, message.Id, message.Revision);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The moderation decision on post {PostId}, revision {Revision}, could not be recorded; it is tried again later.")]
    private static partial void NotRecorded(ILogger log, string postId, long revision);
}
