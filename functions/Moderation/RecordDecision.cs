using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Puts a decision on a post on record: its statement of reasons, the author's notification, and the case that moderators work on.</summary>
public sealed class RecordDecision(IDocumentStore documents, Worker worker, DecisionRecords records)
{
    /// <summary>Writes what follows from the post's present decision, then says on the post that it is written.</summary>
    [Function(nameof(RecordDecision))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(PostPipeline.RecordQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<PostPipeline, PostDocument>(PostPipeline.RecordQueue, message, post => RecordAsync(post, cancellationToken), cancellationToken);

    private async Task RecordAsync(PostDocument post, CancellationToken cancellationToken)
    {
        await records.WriteAsync(post, cancellationToken);
        var (recorded, inReview) = (post.Moderation.CaseId, post.NeedsReview);
        await documents.UpdateAsync<PostDocument>(
            post.PartitionKey, post.Id, now => now with { RecordedCaseId = recorded, InReview = inReview }, cancellationToken);
    }
}
