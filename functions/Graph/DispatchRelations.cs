using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Graph;

/// <summary>Sends changed relations to the queue of the worker that settles them. Follows of somebody who follows many make room for those of others.</summary>
public sealed class DispatchRelations(Dispatcher dispatcher, Fairness fairness)
{
    /// <summary>Runs for changed relations.</summary>
    [Function(nameof(DispatchRelations))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "relations", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchRelations), StartFromBeginning = true)]
        IReadOnlyList<RelationDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<RelationPipeline, RelationDocument>(
            changed, RelationPipeline.Queues, cancellationToken, (queue, relation) => IsUrgent(relation) ? null : fairness.NotBefore(queue, relation.OwnerId));

    /// <summary>Who blocks or mutes wants peace now.</summary>
    private static bool IsUrgent(RelationDocument relation) => relation.Blocking != relation.SettledBlocking || relation.Muting != relation.SettledMuting;
}
