using ServerlessSocial.Feeds;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>What follows from a relation elsewhere. Every effect may be carried out any number of times.</summary>
public sealed class RelationEffects(
    IDocumentStore documents,
    RelationWriter relations,
    Followers followers,
    PersonalLists lists,
    FeedMaintenance feeds,
    Notifier notifier,
    Dispatcher dispatcher)
{
    /// <summary>Prefix of the notes of who ever muted somebody or asked to follow: nothing else leads from that one to their relations.</summary>
    public const string HolderNote = "relation:";

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

        await TellOfFollowAsync(relation, cancellationToken);
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
        await notifier.WithdrawAsync(Told(relation with { RequestId = null }), cancellationToken);
        await feeds.RemoveAuthorAsync(relation.OwnerId, relation.Id, cancellationToken);
    }

    /// <summary>Carries out a request to follow, or that it was answered or taken back: the other's list and notifications.</summary>
    public async Task RequestAsync(RelationDocument relation, CancellationToken cancellationToken)
    {
        await NoteHolderAsync(relation, cancellationToken);
        await lists.WriteAsync(relation, PersonalList.Requests, cancellationToken);
        if (relation is { Requested: true, RequestId: { } requestId })
        {
            await TellAsync(relation.Id, relation.OwnerId, requestId, NotificationKind.FollowRequest, cancellationToken);
        }
        else
        {
            await notifier.WithdrawAsync(Told(relation with { FollowId = null }), cancellationToken);
        }
    }

    /// <summary>Carries out a block or the end of one: the other side's mirror, and both feeds.</summary>
    public async Task BlockAsync(RelationDocument relation, CancellationToken cancellationToken)
    {
        await relations.MirrorBlockAsync(relation, cancellationToken);
        await lists.WriteAsync(relation, PersonalList.Blocks, cancellationToken);
        if (relation.Blocking)
        {
            await feeds.RemoveAuthorAsync(relation.OwnerId, relation.Id, cancellationToken);
            await feeds.RemoveAuthorAsync(relation.Id, relation.OwnerId, cancellationToken);
        }
    }

    /// <summary>Carries out a mute or the end of one, in the owner's list and feed; one that ends by itself is looked at again then.</summary>
    public async Task MuteAsync(RelationDocument relation, CancellationToken cancellationToken)
    {
        await NoteHolderAsync(relation, cancellationToken);
        await lists.WriteAsync(relation, PersonalList.Mutes, cancellationToken);
        await EndMute.ScheduleAsync(dispatcher, relation, cancellationToken);
        if (relation.Muting)
        {
            await feeds.RemoveAuthorAsync(relation.OwnerId, relation.Id, cancellationToken);
        }
        else if (relation.Following)
        {
            await feeds.BackfillAsync(relation.OwnerId, relation.Id, cancellationToken);
        }
    }

    /// <summary>Takes back what was told and listed of acts that are not the relation's any more.</summary>
    /// <param name="seen">The relation whose effects were carried out.</param>
    /// <param name="now">The relation as it is; null if it is gone.</param>
    /// <param name="cancellationToken">Stops it; the message comes again.</param>
    public async Task ForgetOutdatedAsync(RelationDocument seen, RelationDocument? now, CancellationToken cancellationToken)
    {
        if (now?.FollowId != seen.FollowId || now?.RequestId != seen.RequestId)
        {
            await notifier.WithdrawAsync(Told(seen).Except(now is null ? [] : Told(now)), cancellationToken);
        }

        if (seen.MuteId is { } muteId && now?.MuteId != muteId)
        {
            await dispatcher.StrikeAsync(EndMute.Queue, muteId, cancellationToken);
        }

        await lists.ForgetOutdatedAsync(seen, now, cancellationToken);
    }

    private static IEnumerable<(string OwnerId, string Id)> Told(RelationDocument relation)
    {
        if (relation.FollowId is { } followId)
        {
            yield return relation.Approved
                ? (relation.OwnerId, NotificationDocument.IdOf(followId, NotificationKind.FollowAccepted))
                : (relation.Id, NotificationDocument.IdOf(relation.FirstFollowId ?? followId, NotificationKind.Follow));
        }

        if (relation.RequestId is { } requestId)
        {
            yield return (relation.Id, NotificationDocument.IdOf(requestId, NotificationKind.FollowRequest));
        }
    }

    /// <summary>Also when a mute or request is over before anything came of it: the relation stays, and names the other.</summary>
    private ValueTask NoteHolderAsync(RelationDocument relation, CancellationToken cancellationToken) =>
        documents.UpsertManyAsync([ReferenceDocument.Of(relation.Id, HolderNote, relation.OwnerId)], cancellationToken);

    private ValueTask CountAsync(RelationDocument relation, CancellationToken cancellationToken) => documents.TallyAsync(
        [
            new Tally(relation.Id, ProfilePresenter.FollowersCounter, relation.OwnerId, relation.Following, relation.Revision) { At = relation.FollowId },
            new Tally(relation.OwnerId, ProfilePresenter.FollowingCounter, relation.Id, relation.Following, relation.Revision),
        ],
        cancellationToken);

    /// <summary>Whoever let somebody follow knows it; who was let is told instead.</summary>
    private Task TellOfFollowAsync(RelationDocument relation, CancellationToken cancellationToken) => relation switch
    {
        { FollowId: null } => Task.CompletedTask,
        { Approved: true } => TellAsync(relation.OwnerId, relation.Id, relation.FollowId, NotificationKind.FollowAccepted, cancellationToken),
        _ => TellAsync(relation.Id, relation.OwnerId, relation.FirstFollowId ?? relation.FollowId, NotificationKind.Follow, cancellationToken),
    };

    private async Task TellAsync(string ownerId, string actorId, string eventId, NotificationKind kind, CancellationToken cancellationToken)
    {
        var held = await documents.FindAsync<RelationDocument>(ownerId, actorId, cancellationToken);
        if (held is not ({ Blocked: true } or { Muting: true }))
        {
            await notifier.TellAsync(
                [
                    new NotificationDocument
                    {
                        Id = NotificationDocument.IdOf(eventId, kind),
                        OwnerId = ownerId,
                        Kind = kind,
                        ActorId = actorId,
                        CreatedAt = Ids.TimeOf(eventId),
                    },
                ],
                cancellationToken);
        }
    }
}
