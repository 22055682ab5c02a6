using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>Holds a profile for a person when the automatic check did not come to an end: never lost, never shown unreviewed.</summary>
public sealed class ModerateProfileDeadLetter(UnfinishedChecks checks)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(ModerateProfileDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(ProfilePipeline.ModerationQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        checks.HoldAsync<ProfilePipeline, ProfileDocument>(ProfilePipeline.ModerationQueue, message, (found, held) => found with { Moderation = held }, cancellationToken);
}
