using System.Diagnostics;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Some followers, in the order of their ids.</summary>
/// <param name="Ids">Profile ids.</param>
/// <param name="Next">Id to go on after within the share; null at its end.</param>
public readonly record struct FollowerPage(IReadOnlyList<string> Ids, string? Next);

/// <summary>
/// Who follows a profile, divided into buckets for fan-out in parallel. The profile says how; see <see cref="FollowerLayout"/>. Every method
/// looks at it again after it is done and goes on until it stayed the same, so that no move in between makes it miss anybody.
/// </summary>
public sealed class Followers(IDocumentStore documents, Dispatcher dispatcher, IOptions<GraphOptions> options)
{
    /// <summary>About how many follow a profile: the counter may lag behind.</summary>
    public async ValueTask<long> CountAsync(string profileId, CancellationToken cancellationToken) =>
        (await documents.FindAsync<StatsDocument>(profileId, StatsDocument.CountersId, cancellationToken))?[ProfilePresenter.FollowersCounter] ?? 0;

    /// <summary>Adds a follower.</summary>
    public async Task AddAsync(string profileId, string followerId, CancellationToken cancellationToken) =>
        await WhileMovingAsync(
            await LayoutAsync(profileId, cancellationToken),
            profileId,
            async layout => await documents.UpsertManyAsync([.. layout.WrittenFor(followerId).Select(bucket => FollowerDocument.Of(profileId, bucket, followerId))], cancellationToken),
            cancellationToken);

    /// <summary>Removes a follower.</summary>
    public async Task RemoveAsync(string profileId, string followerId, CancellationToken cancellationToken) =>
        await WhileMovingAsync(
            await LayoutAsync(profileId, cancellationToken),
            profileId,
            async layout => await documents.DeleteManyAsync([.. layout.HeldFor(followerId).Select(bucket => FollowerDocument.KeyOf(profileId, bucket, followerId))], cancellationToken),
            cancellationToken);

    /// <summary>Reads followers of a share.</summary>
    /// <param name="profile">Who is followed, as it was read lately.</param>
    /// <param name="share">Which of them, and behind whom.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<FollowerPage> PageAsync(ProfileDocument profile, FollowerShare share, int limit, CancellationToken cancellationToken)
    {
        FollowerPage page = default;
        await WhileMovingAsync(
            profile.Followers, profile.Id, async layout => page = await PageAsync(profile.Id, layout, share, limit, cancellationToken), cancellationToken);
        return page;
    }

    /// <summary>
    /// Sees to it that the buckets fit the audience: begins a move if they do not. A move that was begun and not sent, because whoever did so
    /// died in between, is sent; one that is under way is left alone.
    /// </summary>
    /// <param name="profile">Who is followed, as it was read lately.</param>
    /// <param name="followers">About how many follow.</param>
    /// <param name="cancellationToken">Stops; the caller's message comes again.</param>
    public async Task FitAsync(ProfileDocument profile, long followers, CancellationToken cancellationToken)
    {
        var begun = false;
        var moving = profile.Followers.IsMoving || Fitting(profile.Followers) != profile.Followers.Buckets
            ? await documents.UpdateAsync<ProfileDocument>(
                profile.Id,
                profile.Id,
                found =>
                {
                    begun = !found.Followers.IsMoving && Fitting(found.Followers) != found.Followers.Buckets;
                    return begun ? found with { Followers = found.Followers.MovingTo(Fitting(found.Followers)) } : found;
                },
                cancellationToken)
            : null;
        if (moving is { Followers.IsMoving: true })
        {
            var message = new WorkMessage(moving.Id, moving.Id, moving.Revision) { TraceParent = Activity.Current?.Id };
            var work = dispatcher.Waiting(MoveFollowers.Queue, WaitingDocument.IdOf(moving.Id, moving.Id), message);

            // What is noted goes on by itself, and the note tells how far it is. Only a new move is sent in any case: a note that stands
            // there may be the last one's, about to be struck off.
            if (begun || await documents.FindAsync<WaitingDocument>(work.PartitionKey, work.Id, cancellationToken) is null)
            {
                await dispatcher.SendAsync([work], cancellationToken);
            }
        }

        int Fitting(FollowerLayout layout) => FollowerLayout.For(followers, layout.Buckets, options.Value.FollowersPerBucket, options.Value.MostFollowerBuckets);
    }

    private async ValueTask<FollowerLayout> LayoutAsync(string profileId, CancellationToken cancellationToken) =>
        (await documents.FindAsync<ProfileDocument>(profileId, profileId, cancellationToken))?.Followers ?? FollowerLayout.Smallest;

    private async Task WhileMovingAsync(FollowerLayout layout, string profileId, Func<FollowerLayout, Task> act, CancellationToken cancellationToken)
    {
        while (true)
        {
            await act(layout);
            var now = await LayoutAsync(profileId, cancellationToken);
            if (now == layout)
            {
                return;
            }

            layout = now;
        }
    }

    private async Task<FollowerPage> PageAsync(string profileId, FollowerLayout layout, FollowerShare share, int limit, CancellationToken cancellationToken)
    {
        var buckets = layout.Covering(share).ToList();
        var pages = await Task.WhenAll(buckets.Select(bucket => documents.QueryAsync<FollowerDocument>(
            new DocumentQuery(FollowerDocument.BucketOf(profileId, bucket), limit).After(share.After), cancellationToken).AsTask()));

        // Beyond the end of the shortest page that has more behind it, nobody knows who comes first.
        var end = pages.Select(page => page.Next).OfType<string>().Min(StringComparer.Ordinal);
        var ids = buckets.Zip(pages)
            .SelectMany(read => read.Second.Items.Select(follower => follower.Id).Where(id => FollowerLayout.HomeOf(id, layout.Buckets) == read.First))
            .Where(id => share.Holds(id) && (end is null || string.CompareOrdinal(id, end) <= 0))
            .Order(StringComparer.Ordinal)
            .ToList();
        return ids.Count > limit ? new(ids[..limit], ids[limit - 1]) : new(ids, end);
    }
}
