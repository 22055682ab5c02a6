using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Profiles;

/// <summary>Sends what changed profiles still need to the queues of those who do it.</summary>
public sealed class DispatchProfiles(Dispatcher dispatcher)
{
    /// <summary>Runs for changed profiles.</summary>
    [Function(nameof(DispatchProfiles))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "profiles", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchProfiles), StartFromBeginning = true)]
        IReadOnlyList<ProfileDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<ProfilePipeline, ProfileDocument>(changed, ProfilePipeline.Queues, cancellationToken);
}
