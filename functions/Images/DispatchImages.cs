using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Images;

/// <summary>Sends image jobs to whoever makes the pictures.</summary>
public sealed class DispatchImages(Dispatcher dispatcher)
{
    /// <summary>Runs for changed image jobs.</summary>
    [Function(nameof(DispatchImages))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "images", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchImages), StartFromBeginning = true)]
        IReadOnlyList<ImageJobDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<ImagePipeline, ImageJobDocument>(changed, ImagePipeline.Queues, cancellationToken);
}
