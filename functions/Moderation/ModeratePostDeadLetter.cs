using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Holds a post for a person when the automatic check did not come to an end: never lost, never published unreviewed.</summary>
public sealed partial class ModeratePostDeadLetter(DeadLetters deadLetters, IDocumentStore documents, TimeProvider time, ILogger<ModeratePostDeadLetter> log)
{
    /// <summary>Why the post is held, for its author.</summary>
    public const string Reason = "Our automatic check could not finish; a person will look at it.";

    /// <summary>Holds the post unless it has been decided on meanwhile.</summary>
    [Function(nameof(ModeratePostDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(PostPipeline.ModerationQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        deadLetters.SettleAsync(PostPipeline.ModerationQueue, message, () => HoldAsync(message, cancellationToken), cancellationToken);

    private async Task HoldAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var held = new PostModeration(ModerationStatus.Held, Reason, null, now) { CaseId = Ids.New(now) };
        var post = await documents.UpdateAsync<PostDocument>(
            message.PartitionKey,
            message.Id,
            post => PostPipeline.Next(post).Contains(PostPipeline.ModerationQueue) ? post with { Moderation = held } : null,
            cancellationToken);
        if (post is null)
        {
            throw new StaleReadException(PostPipeline.ModerationQueue, message.Revision, null);
        }

        if (post.Moderation.CaseId == held.CaseId)
        {
            ModerationTelemetry.Decided(ModerationStatus.Held, DecidedBy.Automatic);
            Gave(log, message.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The automatic check of post {PostId} did not finish; it is held for a person.")]
    private static partial void Gave(ILogger log, string postId);
}
