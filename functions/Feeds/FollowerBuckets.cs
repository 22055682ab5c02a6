using System.Diagnostics;
using Microsoft.Extensions.Options;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>Carries something to every follower of a profile: at once when they are few, else by one message per bucket of followers.</summary>
public sealed class FollowerBuckets(IDocumentStore documents, Dispatcher dispatcher, IOptions<FeedOptions> options)
{
    private const int PageSize = 1_000;

    /// <summary>About how many followers a profile has: the counter may lag behind.</summary>
    public async ValueTask<long> CountAsync(string profileId, CancellationToken cancellationToken) =>
        (await documents.FindAsync<StatsDocument>(profileId, StatsDocument.CountersId, cancellationToken))?[ProfilePresenter.FollowersCounter] ?? 0;

    /// <summary>Serves all followers here and now if they are few, else sends one message per bucket.</summary>
    /// <param name="profileId">Whose followers.</param>
    /// <param name="source">The document the work comes from: workers of <paramref name="queue"/> read it again.</param>
    /// <param name="queue">Queue of the worker that serves a bucket.</param>
    /// <param name="serve">Serves some followers, given by id; may be repeated.</param>
    /// <param name="cancellationToken">Stops; the caller's message comes again.</param>
    public async Task SpreadAsync(
        string profileId, PipelineDocument source, string queue, Func<IReadOnlyList<string>, Task> serve, CancellationToken cancellationToken)
    {
        if (await CountAsync(profileId, cancellationToken) <= options.Value.InlineFollowers)
        {
            await ServeAllAsync(profileId, serve, cancellationToken);
        }
        else
        {
            await SplitAsync(queue, new(source.PartitionKey, source.Id, source.Revision) { TraceParent = Activity.Current?.Id ?? source.TraceParent }, source.WorkSince, cancellationToken);
        }
    }

    /// <summary>Sends one message per bucket.</summary>
    public async Task SplitAsync(string queue, WorkMessage message, DateTimeOffset since, CancellationToken cancellationToken) =>
        await dispatcher.SendAsync(
            [.. Enumerable.Range(0, FollowerDocument.Buckets).Select(bucket => dispatcher.Waiting(
                queue, WaitingDocument.IdOf(message.PartitionKey, message.Id, bucket, since), message with { Part = bucket }))],
            cancellationToken);

    /// <summary>Serves the followers a message is about, then sends the rest of the bucket on or strikes the work off.</summary>
    /// <param name="queue">The worker's queue.</param>
    /// <param name="message">The message: its part is the bucket.</param>
    /// <param name="profileId">Whose followers.</param>
    /// <param name="serve">Serves some followers; null when nothing is to be done any more.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    public async Task ServeBucketAsync(
        string queue, WorkMessage message, string profileId, Func<IReadOnlyList<string>, Task>? serve, CancellationToken cancellationToken)
    {
        if (serve is not null)
        {
            var query = new DocumentQuery(FollowerDocument.BucketOf(profileId, message.Part ?? 0), options.Value.FollowersPerMessage).After(message.After);
            var page = await documents.QueryAsync<FollowerDocument>(query, cancellationToken);
            if (page.Items.Count > 0)
            {
                await serve([.. page.Items.Select(follower => follower.Id)]);
            }

            if (page.Next is { } next && message.WaitingId is { } id)
            {
                await dispatcher.SendAsync([dispatcher.Waiting(queue, id, message with { After = next, Failures = 0 })], cancellationToken);
                return;
            }
        }

        if (message.WaitingId is { } waitingId)
        {
            await dispatcher.StrikeAsync(queue, waitingId, cancellationToken);
        }
    }

    private async Task ServeAllAsync(string profileId, Func<IReadOnlyList<string>, Task> serve, CancellationToken cancellationToken)
    {
        var followers = new List<string>();
        for (var bucket = 0; bucket < FollowerDocument.Buckets; bucket++)
        {
            var query = new DocumentQuery(FollowerDocument.BucketOf(profileId, bucket), PageSize);
            await foreach (var follower in documents.QueryAllAsync<FollowerDocument>(query, cancellationToken))
            {
                followers.Add(follower.Id);
                if (followers.Count == PageSize)
                {
                    await serve(followers);
                    followers = [];
                }
            }
        }

        if (followers.Count > 0)
        {
            await serve(followers);
        }
    }
}
