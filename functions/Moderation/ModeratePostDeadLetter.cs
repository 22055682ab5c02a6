using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Holds a post for a person when the automatic check did not come to an end: never lost, never published unreviewed.</summary>
public sealed class ModeratePostDeadLetter(UnfinishedChecks checks)
{
    /// <summary>Why the post is held, for its author.</summary>
    public const string Reason = UnfinishedChecks.Reason;

    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(ModeratePostDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(PostPipeline.ModerationQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        checks.HoldAsync<PostPipeline, PostDocument>(PostPipeline.ModerationQueue, message, (found, held) => found with { Moderation = held }, cancellationToken);
}
