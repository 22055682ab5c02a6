using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Exports;

/// <summary>Sends exports to whoever makes the archives.</summary>
public sealed class DispatchExports(Dispatcher dispatcher)
{
    /// <summary>Runs for changed exports.</summary>
    [Function(nameof(DispatchExports))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "exports", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchExports), StartFromBeginning = true)]
        IReadOnlyList<ExportDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<ExportPipeline, ExportDocument>(changed, ExportPipeline.Queues, cancellationToken);
}
