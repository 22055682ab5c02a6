using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Moderation;

/// <summary>Sends changed cases to the queue of the worker that sees to them.</summary>
public sealed class DispatchCases(Dispatcher dispatcher)
{
    /// <summary>Runs for changed cases.</summary>
    [Function(nameof(DispatchCases))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "case-files", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchCases), StartFromBeginning = true)]
        IReadOnlyList<CaseFileDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<CasePipeline, CaseFileDocument>(changed, CasePipeline.Queues, cancellationToken);
}
