using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Posts;

/// <summary>Sends changed reactions to the queue of the worker that settles them.</summary>
public sealed class DispatchReactions(Dispatcher dispatcher)
{
    /// <summary>Runs for changed reactions.</summary>
    [Function(nameof(DispatchReactions))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "reactions", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchReactions), StartFromBeginning = true)]
        IReadOnlyList<ReactionDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<ReactionPipeline, ReactionDocument>(changed, ReactionPipeline.Queues, cancellationToken);
}
