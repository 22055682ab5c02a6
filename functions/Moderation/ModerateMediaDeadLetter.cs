using ServerlessSocial.Media;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Moderation;

/// <summary>Holds a picture for a person when the automatic check did not come to an end: never lost, never shown unreviewed.</summary>
public sealed class ModerateMediaDeadLetter(UnfinishedChecks checks)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(ModerateMediaDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(MediaPipeline.ModerationQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        checks.HoldAsync<MediaPipeline, MediaDocument>(MediaPipeline.ModerationQueue, message, (found, held) => found with { Moderation = held }, cancellationToken);
}
