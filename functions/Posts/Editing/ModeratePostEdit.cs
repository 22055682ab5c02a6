using ServerlessSocial.Moderation;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts.Editing;

/// <summary>
/// Decides whether a visible post may say what its author wants it to say instead. What it said is kept first, then it says so; what nothing but a person could approve is
/// refused, because the post that stands is not in doubt.
/// </summary>
public sealed class ModeratePostEdit(
    IDocumentStore documents, Worker worker, TextCheck texts, PostProjection projection, PostNotifications notifications, Notifier notifier, TimeProvider time)
{
    /// <summary>Why an edit is refused whose post is not shown any more.</summary>
    private const string NotShown = "The post was held or removed meanwhile.";

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
                    Id = NotificationDocument.IdOf(Ids.Lowest(post.Edit!.At) + post.Id[Ids.Lowest(post.Edit.At).Length..Ids.Length], NotificationKind.Moderation),
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
            var reason = post.IsVisible ? decision.Reason ?? TextCheck.Unchecked : NotShown;
            await RefuseAsync(post, reason, worker, notifier, time, cancellationToken);
            return;
        }

        var edited = PostEditing.Approved(post, edit, await MentionsAsync(edit.Text, cancellationToken));
        if (PostReferences.Of(edited) is { Count: > 0 } notes)
        {
            await documents.UpsertManyAsync(notes, cancellationToken);
        }

        await documents.UpsertManyAsync([PostVersionDocument.Of(post)], cancellationToken);
        await projection.LeaveTagsAsync(post, edited, cancellationToken);
        await notifications.WithdrawAsync(post, edited, cancellationToken);
        await worker.FinishAsync(edited, cancellationToken);
        ModerationTelemetry.Decided(decision.Status, DecidedBy.Automatic);
    }

    private async ValueTask<IReadOnlyList<PostMention>> MentionsAsync(string text, CancellationToken cancellationToken)
    {
        var handles = Text.TextEntities.Find(text).Mentions;
        var loaded = handles.Count == 0 ? new DocumentSet() : await documents.ReadManyAsync([.. handles.Select(handle => DocumentKey.Of<HandleDocument>(handle, handle))], cancellationToken);
        return PostWriter.MentionsIn(handles, loaded);
    }
}
