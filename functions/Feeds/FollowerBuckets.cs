using System.Diagnostics;
using Microsoft.Extensions.Options;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>Carries something to every follower of a profile: at once when they are few, else by one message per bucket of followers.</summary>
public sealed class FollowerBuckets(IDocumentStore documents, Followers followers, Dispatcher dispatcher, IOptions<FeedOptions> options)
{
    private const int PageSize = 1_000;

    /// <summary>Serves all followers here and now if they are few, else sends one message per bucket.</summary>
    /// <param name="profile">Whose followers.</param>
    /// <param name="count">About how many they are.</param>
    /// <param name="source">The document the work comes from: workers of <paramref name="queue"/> read it again.</param>
    /// <param name="queue">Queue of the worker that serves a bucket.</param>
    /// <param name="serve">Serves some followers, given by id; may be repeated.</param>
    /// <param name="cancellationToken">Stops; the caller's message comes again.</param>
    public async Task SpreadAsync(
        ProfileDocument profile, long count, PipelineDocument source, string queue, Func<IReadOnlyList<string>, Task> serve, CancellationToken cancellationToken)
    {
        await followers.FitAsync(profile, count, cancellationToken);
        if (count <= options.Value.InlineFollowers)
        {
            await ServeAllAsync(profile, serve, cancellationToken);
        }
        else
        {
            var message = new WorkMessage(source.PartitionKey, source.Id, source.Revision) { TraceParent = Activity.Current?.Id ?? source.TraceParent };
            await SplitAsync(profile, queue, message, source.WorkSince, cancellationToken);
        }
    }

    /// <summary>Sends one message per bucket.</summary>
    public async Task SplitAsync(ProfileDocument profile, string queue, WorkMessage message, DateTimeOffset since, CancellationToken cancellationToken) =>
        await dispatcher.SendAsync(
            [.. FollowerShare.All(profile.Followers.Buckets).Select(share => dispatcher.Waiting(
                queue, WaitingDocument.IdOf(message.PartitionKey, message.Id, share.Buckets + share.Bucket, since), About(message, share)))],
            cancellationToken);

    /// <summary>Serves the followers a message is about, then sends the rest of the bucket on or strikes the work off.</summary>
    /// <param name="queue">The worker's queue.</param>
    /// <param name="message">The message: it tells the bucket.</param>
    /// <param name="profileId">Whose followers.</param>
    /// <param name="serve">Serves some followers; null when nothing is to be done any more.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    public async Task ServeBucketAsync(
        string queue, WorkMessage message, string profileId, Func<IReadOnlyList<string>, Task>? serve, CancellationToken cancellationToken)
    {
        if (serve is not null && await documents.FindAsync<ProfileDocument>(profileId, profileId, cancellationToken) is { } profile)
        {
            var share = ShareOf(message);
            var page = await followers.PageAsync(profile, share, options.Value.FollowersPerMessage, cancellationToken);
            if (page.Ids.Count > 0)
            {
                await serve(page.Ids);
            }

            if (page.Next is { } next && message.WaitingId is { } id)
            {
                await dispatcher.SendAsync([dispatcher.Waiting(queue, id, About(message.Untried(), share with { After = next }))], cancellationToken);
                return;
            }
        }

        if (message.WaitingId is { } waitingId)
        {
            await dispatcher.StrikeAsync(queue, waitingId, cancellationToken);
        }
    }

    private static WorkMessage About(WorkMessage message, FollowerShare share) => message with { Part = share.Bucket, After = share.ToString() };

    /// <summary>The share a message is about. One that tells a bucket alone was sent before divisions changed.</summary>
    private static FollowerShare ShareOf(WorkMessage message) => message.After?.Contains(':', StringComparison.Ordinal) == true
        ? FollowerShare.Parse(message.After)
        : new(FollowerLayout.Original.Buckets, message.Part ?? 0, message.After);

    private async Task ServeAllAsync(ProfileDocument profile, Func<IReadOnlyList<string>, Task> serve, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var bucket in FollowerShare.All(profile.Followers.Buckets))
        {
            for (FollowerShare? share = bucket; share is { } here;)
            {
                var page = await followers.PageAsync(profile, here, PageSize, cancellationToken);
                found.AddRange(page.Ids);
                share = page.Next is { } next ? here with { After = next } : null;
                if (found.Count >= PageSize)
                {
                    await serve(found);
                    found = [];
                }
            }
        }

        if (found.Count > 0)
        {
            await serve(found);
        }
    }
}
