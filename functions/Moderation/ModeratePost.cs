using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Decides, before anyone else sees a post, whether it may be seen.</summary>
public sealed class ModeratePost(
    IOptions<ModerationOptions> options, Worker worker, ModelBudget budget, TimeProvider time, ITextClassifier? classifier = null)
{
    /// <summary>Why a post is held where no classifier is configured, for its author.</summary>
    public const string Unchecked = "No automatic check is set up here; a person will look at it.";

    /// <summary>
    /// Classifies what the post says and writes the decision. A classifier that is out decides nothing: the message comes again. Without one a person
    /// decides, and so where it would not judge, or the author's model tokens of the day are used up.
    /// </summary>
    [Function(nameof(ModeratePost))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(PostPipeline.ModerationQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<PostPipeline, PostDocument>(
            PostPipeline.ModerationQueue, message, post => ModerateAsync(post, cancellationToken), cancellationToken);

    private async Task ModerateAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var decision = classifier is null
            ? new ModerationDecision(ModerationStatus.Held, Unchecked, [])
            : ModerationPolicy.Decide(await budget.ClassifyAsync(classifier, post.AuthorId, ModeratedText.Of(post), post.Language, cancellationToken), options.Value);
        await worker.FinishAsync(post.Under(Moderation(decision)), cancellationToken);
        ModerationTelemetry.Decided(decision.Status, DecidedBy.Automatic);
    }

    /// <summary>What is approved needs no case: nothing was decided against anyone.</summary>
    private PostModeration Moderation(ModerationDecision decision)
    {
        var now = time.GetUtcNow();
        return new(decision.Status, decision.Reason, classifier?.Name, now)
        {
            CaseId = decision.Status is ModerationStatus.Approved ? null : Ids.New(now),
            Scores = decision.Scores is [] ? null : decision.Scores,
        };
    }
}
