using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>Shows a post in the places where it is looked up, or hides it there; of a deleted one it leaves a bare tombstone.</summary>
public sealed class ProjectPost(IDocumentStore documents, Worker worker, PostProjection projection)
{
    /// <summary>How long a tombstone stays once everything has been cleared up, in seconds.</summary>
    public const int TombstoneSeconds = 30 * 24 * 60 * 60;

    /// <summary>Runs for a post whose visibility changed.</summary>
    [Function(nameof(ProjectPost))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(PostPipeline.ProjectionQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<PostPipeline, PostDocument>(PostPipeline.ProjectionQueue, message, post => ProjectAsync(post, cancellationToken), cancellationToken);

    private async Task ProjectAsync(PostDocument post, CancellationToken cancellationToken)
    {
        await (post.IsVisible ? projection.ShowAsync(post, cancellationToken) : projection.HideAsync(post, cancellationToken));
        if (post.DeletedAt is not null)
        {
            await projection.EraseMediaAsync(post, cancellationToken);
        }

        var after = await documents.UpdateAsync<PostDocument>(post.AuthorId, post.Id, now => Projected(post, now), cancellationToken);
        if (after?.Shown != post.IsVisible)
        {
            throw new StaleReadException(PostPipeline.ProjectionQueue, post.Revision, after?.Revision);
        }
    }

    /// <summary>
    /// Notes what was done for the post as it was read. If its visibility changed meanwhile the note makes the pipeline undo it; if another
    /// worker noted something else meanwhile, nobody can tell whose effects came last: null, and the step is repeated.
    /// </summary>
    private static PostDocument? Projected(PostDocument read, PostDocument now)
    {
        if (now.IsVisible == read.IsVisible && now.Shown != read.Shown)
        {
            return null;
        }

        var noted = now with { Shown = read.IsVisible };
        return read.DeletedAt is null ? noted : noted with { Tags = [], Mentions = [], Media = [], Ttl = TombstoneSeconds };
    }
}
