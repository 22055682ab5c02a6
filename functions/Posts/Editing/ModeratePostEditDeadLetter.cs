using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts.Editing;

/// <summary>Refuses edits that could not be looked at: their authors are told and may ask again.</summary>
public sealed class ModeratePostEditDeadLetter(DeadLetters deadLetters, Worker worker, Notifier notifier, TimeProvider time)
{
    /// <summary>Why an edit was not made, for its author.</summary>
    public const string Reason = "It could not be checked; please try again later.";

    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(ModeratePostEditDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(PostPipeline.EditQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        deadLetters.SettleAsync(
            PostPipeline.EditQueue,
            message,
            () => worker.StepAsync<PostPipeline, PostDocument>(
                PostPipeline.EditQueue, message, post => ModeratePostEdit.RefuseAsync(post, Reason, worker, notifier, time, cancellationToken), cancellationToken),
            cancellationToken);
}
