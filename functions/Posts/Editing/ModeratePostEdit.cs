using ServerlessSocial.Moderation;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts.Editing;

/// <summary>
/// Decides whether a visible post may say what its author wants it to say instead, in one write; what that leaves to do the projection does (<see cref="EditTraces"/>), so
/// that an edit which was overtaken leaves no trace. What nothing but a person could approve is refused, because the post that stands is not in doubt.
/// </summary>
public sealed class ModeratePostEdit(Worker worker, TextCheck texts, Notifier notifier, TimeProvider time)
{
    /// <summary>Why an edit is refused whose post is not shown any more.</summary>
    private const string NotShown = "The post was held or removed meanwhile.";

    /// <summary>Why an edit is refused where no classifier is configured.</summary>
    private const string Unchecked = "A person would have to look at it: no automatic check is set up here.";

    /// <summary>Runs for a post that is to be edited.</summary>
    [Function(nameof(ModeratePostEdit))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(PostPipeline.EditQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<PostPipeline, PostDocument>(PostPipeline.EditQueue, message, post => ModerateAsync(post, cancellationToken), cancellationToken);

    /// <summary>Refuses the edit of a post and tells its author.</summary>
    internal static async Task RefuseAsync(PostDocument post, string reason, Worker worker, Notifier notifier, TimeProvider time, CancellationToken cancellationToken)
    {
        await notifier.TellAsync(
            [
                new()
                {
                    Id = NotificationDocument.IdOf(Ids.At(post.Edit!.At, post.Id), NotificationKind.Moderation),
                    OwnerId = post.AuthorId,
                    Kind = NotificationKind.Moderation,
                    PostId = post.Id,
                    Text = $"Your edit was not published, and your post stands as it was. {reason}",
                    CreatedAt = time.GetUtcNow(),
                },
            ],
            cancellationToken);
        await worker.FinishAsync(PostEditing.Refused(post, reason), cancellationToken);
    }

    private async Task ModerateAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var edit = post.Edit!;
        var decision = await texts.DecideAsync(post.AuthorId, ModeratedText.Of(PostEditing.With(post, edit)), edit.Language, mayWarn: false, cancellationToken);
        if (!post.IsVisible || decision.Status != ModerationStatus.Approved)
        {
            var reason = post.IsVisible ? decision.Decisive is { } found ? ModerationPolicy.Finding(found) : Unchecked : NotShown;
            await RefuseAsync(post, reason, worker, notifier, time, cancellationToken);
            return;
        }

        await worker.FinishAsync(PostEditing.Approved(post, edit, time.GetUtcNow()), cancellationToken);
        ModerationTelemetry.Decided(decision.Status, DecidedBy.Automatic);
    }
}
