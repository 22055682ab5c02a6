using ServerlessSocial.Feeds;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>What follows from a relation elsewhere. Every effect may be carried out any number of times.</summary>
public sealed class RelationEffects(IDocumentStore documents, RelationWriter relations, Followers followers, FeedMaintenance feeds, Notifier notifier)
{
    /// <summary>One of so many followers looks whether the buckets still fit the audience; posts and boosts look every time.</summary>
    private const int FollowersPerLook = 64;

    /// <summary>Carries out a follow: follower bucket, counters, notification, feed.</summary>
    public async Task FollowAsync(RelationDocument relation, CancellationToken cancellationToken)
    {
        // First the bucket: from here on fan-out delivers, so that no post falls between this and the backfill.
        await followers.AddAsync(relation.Id, relation.OwnerId, cancellationToken);
        await CountAsync(relation, cancellationToken);
        if (FollowerLayout.HomeOf(relation.OwnerId, FollowersPerLook) == 0
            && await documents.FindAsync<ProfileDocument>(relation.Id, relation.Id, cancellationToken) is { } followee)
        {
            await followers.FitAsync(followee, await followers.CountAsync(followee.Id, cancellationToken), cancellationToken);
        }

        await TellAsync(relation, cancellationToken);
        if (!relation.Muting)
        {
            await feeds.BackfillAsync(relation.OwnerId, relation.Id, cancellationToken);
        }
    }

    /// <summary>Undoes a follow.</summary>
    public async Task UnfollowAsync(RelationDocument relation, CancellationToken cancellationToken)
    {
        await followers.RemoveAsync(relation.Id, relation.OwnerId, cancellationToken);
        await CountAsync(relation, cancellationToken);
        await WithdrawAsync(relation, cancellationToken);
        await feeds.RemoveAuthorAsync(relation.OwnerId, relation.Id, cancellationToken);
    }

    /// <summary>Carries out a block or the end of one: the other side's mirror, and both feeds.</summary>
    public async Task BlockAsync(RelationDocument relation, CancellationToken cancellationToken)
    {
        await relations.MirrorBlockAsync(relation, cancellationToken);
        if (relation.Blocking)
        {
            await feeds.RemoveAuthorAsync(relation.OwnerId, relation.Id, cancellationToken);
            await feeds.RemoveAuthorAsync(relation.Id, relation.OwnerId, cancellationToken);
        }
    }

    /// <summary>Carries out a mute or the end of one, in the owner's feed.</summary>
    public async Task MuteAsync(RelationDocument relation, CancellationToken cancellationToken)
    {
        if (relation.Muting)
        {
            await feeds.RemoveAuthorAsync(relation.OwnerId, relation.Id, cancellationToken);
        }
        else if (relation.Following)
        {
            await feeds.BackfillAsync(relation.OwnerId, relation.Id, cancellationToken);
        }
    }

    /// <summary>Takes back what was told of a follow.</summary>
    public Task WithdrawAsync(RelationDocument relation, CancellationToken cancellationToken) => relation.FollowId is { } followId
        ? notifier.WithdrawAsync([(relation.Id, NotificationDocument.IdOf(followId, NotificationKind.Follow))], cancellationToken)
        : Task.CompletedTask;

    private ValueTask CountAsync(RelationDocument relation, CancellationToken cancellationToken) => documents.TallyAsync(
        [
            new Tally(relation.Id, ProfilePresenter.FollowersCounter, relation.OwnerId, relation.Following, relation.Revision),
            new Tally(relation.OwnerId, ProfilePresenter.FollowingCounter, relation.Id, relation.Following, relation.Revision),
        ],
        cancellationToken);

    private async Task TellAsync(RelationDocument relation, CancellationToken cancellationToken)
    {
        var back = await documents.FindAsync<RelationDocument>(relation.Id, relation.OwnerId, cancellationToken);
        if (relation.FollowId is { } followId && back is not ({ Blocked: true } or { Muting: true }))
        {
            await notifier.TellAsync(
                [
                    new NotificationDocument
                    {
                        Id = NotificationDocument.IdOf(followId, NotificationKind.Follow),
                        OwnerId = relation.Id,
                        Kind = NotificationKind.Follow,
                        ActorId = relation.OwnerId,
                        CreatedAt = Ids.TimeOf(followId),
                    },
                ],
                cancellationToken);
        }
    }
}
