using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Posts;

/// <summary>Sends what changed posts still need to the queues of those who do it. New posts of somebody who writes many make room for those of others.</summary>
public sealed class DispatchPosts(Dispatcher dispatcher, Fairness fairness)
{
    /// <summary>Runs for changed posts.</summary>
    [Function(nameof(DispatchPosts))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "posts", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchPosts), StartFromBeginning = true)]
        IReadOnlyList<PostDocument> changed,
        CancellationToken cancellationToken) =>
        dispatcher.DispatchAsync<PostPipeline, PostDocument>(
            changed,
            PostPipeline.Queues,
            cancellationToken,
            (queue, post) => queue == PostPipeline.ModerationQueue ? fairness.NotBefore(queue, post.AuthorId) : null,
            mayWait: MayWait);

    /// <summary>What most posts never need has not to be looked for: edits of those that were never edited, and decisions of those that a machine approved at first sight.</summary>
    private static bool MayWait(string queue, PostDocument post) => queue switch
    {
        PostPipeline.EditQueue => post.Edition > 0,

        // One that was created, decided on and shown. What comes later is looked after whatever it is.
        PostPipeline.RecordQueue => post.Revision > 3 || post is not { Moderation: { Status: ModerationStatus.Approved, CaseId: null }, RecordedCaseId: null, InReview: false, DeletedAt: null },
        _ => true,
    };
}
