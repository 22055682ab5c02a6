using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Carries boosts to the booster's followers and takes them back. For workers of reactions: any number of times, in any order;
/// reading checks the boost's present state, so that a feed never shows one that was taken back.
/// </summary>
public sealed class BoostFanOut(IDocumentStore documents, Followers followers, FollowerBuckets buckets, FeedSeating seating, TimeProvider time)
{
    /// <summary>Name of the queue whose messages are about one bucket of a booster's followers.</summary>
    public const string BucketQueue = "feed-boost-buckets";

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Buckets { get; } = new(BucketQueue);

    /// <summary>Puts a boosted post into the feeds of the booster's followers where it does not stand yet.</summary>
    /// <param name="boost">The reaction: an active boost.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    /// <exception cref="NotDistributedYetException">The post itself is still on its way to feeds: the message must come again.</exception>
    public async Task DistributeAsync(ReactionDocument boost, CancellationToken cancellationToken)
    {
        if (!await MayTravelAsync(boost, cancellationToken))
        {
            return;
        }

        var entryId = EntryIdOf(boost);
        if (await BoosterAsync(boost, cancellationToken) is not { } booster)
        {
            await documents.UpsertManyAsync([FeedEntry.OfBoost(FeedEntry.OutboxOf(boost.ActorId), entryId, boost.PostId)], cancellationToken);
            return;
        }

        await SpreadAsync(booster, boost, readers => seating.SeatAsync(entryId, boost.PostId, readers, cancellationToken), cancellationToken);
    }

    /// <summary>Takes a boosted post out of the feeds it came into by this booster.</summary>
    /// <param name="boost">The reaction: a boost that is not active any more.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    public async Task WithdrawAsync(ReactionDocument boost, CancellationToken cancellationToken)
    {
        if (await BoosterAsync(boost, cancellationToken) is not { } booster)
        {
            await documents.DeleteAsync<FeedEntry>(FeedEntry.OutboxOf(boost.ActorId), EntryIdOf(boost), cancellationToken);
            return;
        }

        await SpreadAsync(booster, boost, readers => seating.UnseatAsync(boost.ActorId, boost.PostId, readers, cancellationToken), cancellationToken);
    }

    /// <summary>Serves one bucket as the boost's present state asks for.</summary>
    internal async Task ServeBucketAsync(WorkMessage message, ReactionDocument boost, CancellationToken cancellationToken)
    {
        var entryId = EntryIdOf(boost);
        Func<IReadOnlyList<string>, Task>? serve = null;
        if (!boost.Active)
        {
            serve = readers => seating.UnseatAsync(boost.ActorId, boost.PostId, readers, cancellationToken);
        }
        else if (await MayTravelAsync(boost, cancellationToken))
        {
            serve = readers => seating.SeatAsync(entryId, boost.PostId, readers, cancellationToken);
        }

        await buckets.ServeBucketAsync(BucketQueue, message, boost.ActorId, serve, cancellationToken);
    }

    /// <summary>Id of the entries by which a boost brings its post into feeds.</summary>
    internal static string EntryIdOf(ReactionDocument boost) => OwnedIds.Make(boost.EventId, boost.ActorId);

    /// <summary>
    /// Reading leaves out what an account that is held back boosts, so that it need not be written.
    /// </summary>
    private async Task<bool> MayTravelAsync(ReactionDocument boost, CancellationToken cancellationToken)
    {
        var postId = boost.PostId;
        var post = await documents.FindAsync<PostDocument>(OwnedIds.OwnerOf(postId), postId, cancellationToken);
        if (post is null
            || !PostRules.MaySee(post, Viewer.Anonymous, relation: null, Place.Boost)
            || await documents.StandingAsync(boost.ActorId, time.GetUtcNow(), cancellationToken) != Standing.Good)
        {
            return false;
        }

        return post.Distributed ? true : throw new NotDistributedYetException(postId);
    }

    /// <summary>Who boosts, unless followers fetch their boosts instead of getting them delivered.</summary>
    private async Task<ProfileDocument?> BoosterAsync(ReactionDocument boost, CancellationToken cancellationToken) =>
        await documents.FindAsync<ProfileDocument>(boost.ActorId, boost.ActorId, cancellationToken) is { Pulled: false } booster ? booster : null;

    private async Task SpreadAsync(ProfileDocument booster, ReactionDocument boost, Func<IReadOnlyList<string>, Task> serve, CancellationToken cancellationToken) =>
        await buckets.SpreadAsync(booster, await followers.CountAsync(booster.Id, cancellationToken), boost, BucketQueue, serve, cancellationToken);
}

/// <summary>A post is still being distributed, and a boost of it must come after that: its message comes again.</summary>
public sealed class NotDistributedYetException(string postId) : PrematureException($"Post {postId} is still being distributed.");
