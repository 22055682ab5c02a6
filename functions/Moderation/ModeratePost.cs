using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Decides, before anyone else sees a post, whether it may be seen.</summary>
public sealed class ModeratePost(Worker worker, TextCheck texts, PostPictures pictures, TimeProvider time)
{
    /// <summary>
    /// Classifies what the post says, sees what was decided on its pictures, which come first, and writes the decision. A classifier that is out decides
    /// nothing: the message comes again. Without one a person decides, and so where it would not judge, or the author's model tokens of the day are used up.
    /// </summary>
    [Function(nameof(ModeratePost))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(PostPipeline.ModerationQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<PostPipeline, PostDocument>(
            PostPipeline.ModerationQueue, message, post => ModerateAsync(post, cancellationToken), cancellationToken);

    private async Task ModerateAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var seen = await pictures.ApplyAsync(post, cancellationToken);
        var decision = await texts.DecideAsync(post.AuthorId, ModeratedText.Of(post), post.Language, mayWarn: true, cancellationToken);
        await worker.FinishAsync(seen.Under(ModeratedRules.Automatic(decision, texts.By, time.GetUtcNow())), cancellationToken);
        ModerationTelemetry.Decided(decision.Status, DecidedBy.Automatic);
    }
}
