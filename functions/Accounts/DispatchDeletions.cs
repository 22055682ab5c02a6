using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Accounts;

/// <summary>Sends deletions to whoever carries them out.</summary>
public sealed class DispatchDeletions(Dispatcher dispatcher)
{
    /// <summary>Runs for changed deletions.</summary>
    [Function(nameof(DispatchDeletions))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "deletions", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchDeletions), StartFromBeginning = true)]
        IReadOnlyList<DeletionDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<DeletionPipeline, DeletionDocument>(changed, DeletionPipeline.Queues, cancellationToken);
}
