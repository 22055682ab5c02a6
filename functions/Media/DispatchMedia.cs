using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Media;

/// <summary>Sends what changed pictures still need to the queues of those who do it.</summary>
public sealed class DispatchMedia(Dispatcher dispatcher)
{
    /// <summary>Runs for changed pictures.</summary>
    [Function(nameof(DispatchMedia))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "media", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchMedia), StartFromBeginning = true)]
        IReadOnlyList<MediaDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<MediaPipeline, MediaDocument>(changed, MediaPipeline.Queues, cancellationToken);
}
