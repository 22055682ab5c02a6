using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Polls;

/// <summary>Sends votes to whoever counts them.</summary>
public sealed class DispatchVotes(Dispatcher dispatcher)
{
    /// <summary>Runs for changed votes.</summary>
    [Function(nameof(DispatchVotes))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "votes", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchVotes), StartFromBeginning = true)]
        IReadOnlyList<VoteDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<VotePipeline, VoteDocument>(changed, VotePipeline.Queues, cancellationToken);
}
