using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>Sends scheduled posts to whoever writes them, to be delivered when their time has come.</summary>
public sealed class DispatchScheduledPosts(Dispatcher dispatcher)
{
    /// <summary>Runs for changed scheduled posts. Their messages lie in the queue for up to a year, and so name nobody.</summary>
    [Function(nameof(DispatchScheduledPosts))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "scheduled-posts", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchScheduledPosts), StartFromBeginning = true)]
        IReadOnlyList<ScheduledPostDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<ScheduledPostPipeline, ScheduledPostDocument>(
            changed, ScheduledPostPipeline.Queues, cancellationToken, (_, scheduled) => scheduled.PublishAt, nameless: true);
}
