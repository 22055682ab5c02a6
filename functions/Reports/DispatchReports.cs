using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Reports;

/// <summary>Sends new and contested reports to the queue of the worker that files them.</summary>
public sealed class DispatchReports(Dispatcher dispatcher)
{
    /// <summary>Runs for changed reports.</summary>
    [Function(nameof(DispatchReports))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "reports", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchReports), StartFromBeginning = true)]
        IReadOnlyList<ReportDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<ReportPipeline, ReportDocument>(changed, ReportPipeline.Queues, cancellationToken);
}
