using ServerlessSocial.Feeds;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Polls;
using ServerlessSocial.Posts.Editing;

namespace ServerlessSocial.Posts;

/// <summary>
/// Shows a post in the places where it is looked up and distributes it to feeds, or hides it there; of a deleted one it closes the case and leaves a
/// bare tombstone.
/// </summary>
public sealed class ProjectPost(
    IDocumentStore documents, Worker worker, ParkedWork parked, PostProjection projection, ThreadHiding threads, PostFanOut feeds, DecisionRecords records, Dispatcher dispatcher, TimeProvider time)
{
    /// <summary>How long a tombstone stays once everything has been cleared up, in seconds.</summary>
    public const int TombstoneSeconds = 30 * 24 * 60 * 60;

    /// <summary>Runs for a post whose visibility changed.</summary>
    [Function(nameof(ProjectPost))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(PostPipeline.ProjectionQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<PostPipeline, PostDocument>(
            PostPipeline.ProjectionQueue,
            message,
            post => post.IsVisible
                ? parked.UnlessSuspendedAsync(post.AuthorId, PostPipeline.ProjectionQueue, message, () => ProjectAsync(post, cancellationToken), cancellationToken)
                : ProjectAsync(post, cancellationToken),
            cancellationToken);

    private async Task ProjectAsync(PostDocument found, CancellationToken cancellationToken)
    {
        var post = await threads.WithoutBlockedAsync(found, cancellationToken);
        var distributing = post is { IsVisible: true, Distributed: false };
        await Task.WhenAll(
            post.IsVisible ? projection.ShowAsync(post, cancellationToken) : projection.HideAsync(post, cancellationToken),
            distributing ? feeds.DistributeAsync(post, cancellationToken) : Task.CompletedTask,
            EndPoll.ScheduleAsync(dispatcher, post, time.GetUtcNow(), cancellationToken));
        if (post.DeletedAt is not null)
        {
            await records.ForgetAsync(post, cancellationToken);
            await projection.EraseMediaAsync(post, cancellationToken);
            await projection.ForgetAsync(post, cancellationToken);
            while (await documents.ErasePageAsync<PostVersionDocument>(post.Id, cancellationToken))
            {
            }
        }

        var repeated = true;
        await documents.UpdateReadAsync(
            post,
            now =>
            {
                // Whoever decided meanwhile may have hidden the post while its shares were served, and shown it again.
                var distributed = distributing && now.WorkSince == post.WorkSince;
                repeated = now.Distributed || !distributed;
                return Projected(post, now) with { Distributed = now.Distributed || distributed };
            },
            cancellationToken);
        if (distributing && !repeated)
        {
            feeds.Distributed(post);
        }
    }

    /// <summary>
    /// Notes what was done for the post as it was read; if something else is due by now, the pipeline asks for that next. If another worker
    /// noted something since, the effects of both may be mixed: then nobody knows what is in place, and one of them is called again.
    /// </summary>
    private static PostDocument Projected(PostDocument read, PostDocument now)
    {
        var noted = now with { Projections = now.Projections + 1 };
        if (now.Projections != read.Projections)
        {
            // Clearing up needs what a tombstone may have lost meanwhile.
            return noted with { Shown = Showing.InPart, Tags = read.Tags, Mentions = read.Mentions, ReplyTo = read.ReplyTo, RootId = read.RootId, Quote = read.Quote };
        }

        return read.DeletedAt is null
            ? noted with { Shown = read.Due, CountedHidden = read.HiddenInThread }
            : noted with
            {
                Shown = Showing.Nowhere,
                Tags = [],
                Mentions = [],
                Media = [],
                ReplyTo = null,
                RootId = now.Id,
                Quote = null,
                Ttl = TombstoneSeconds,
            };
    }
}
