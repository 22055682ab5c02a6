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

        await TellAsync(Told(relation with { RequestId = null }), cancellationToken);
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
        if (relation is { Requested: true, RequestId: not null })
        {
            await TellAsync(Told(relation with { FollowId = null }), cancellationToken);
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
        await CorrectAsync(seen, now, cancellationToken);
        if (seen.MuteId is { } muteId && now?.MuteId != muteId)
        {
            await dispatcher.StrikeAsync(EndMute.Queue, muteId, cancellationToken);
        }

        await lists.ForgetOutdatedAsync(seen, now, cancellationToken);
    }

    /// <summary>
    /// Brings what is told in line with the relation where it changed while a worker was at it: until both say the same. Every follow, and every request, is told
    /// under the same name, so that the worker of one change can undo what that of another did.
    /// </summary>
    private async Task CorrectAsync(RelationDocument seen, RelationDocument? now, CancellationToken cancellationToken)
    {
        for (; Standing(seen) != Standing(now); (seen, now) = (now!, await documents.FindAsync<RelationDocument>(seen.OwnerId, seen.Id, cancellationToken)))
        {
            var right = now is null ? [] : Told(now with { FollowId = now.Following ? now.FollowId : null, RequestId = now.Requested ? now.RequestId : null }).ToList();
            await notifier.WithdrawAsync(Told(seen).Concat(now is null ? [] : Told(now)).ExceptBy(right.Select(told => told.Id), told => told.Id).DistinctBy(told => told.Id), cancellationToken);
            if (now is null)
            {
                return;
            }

            await TellAsync(right, cancellationToken);
        }

        static (bool, bool, string?, bool) Standing(RelationDocument? relation) =>
            (relation?.Following ?? false, relation?.Requested ?? false, relation?.FollowId, relation?.Approved ?? false);
    }

    /// <summary>What tells of a relation's follow and request.</summary>
    private static IEnumerable<NotificationDocument> Told(RelationDocument relation)
    {
        if (relation is { FollowId: { } followId, Approved: true })
        {
            // Whoever let somebody follow knows it; who was let is told instead.
            yield return NotificationOf(relation.OwnerId, relation.Id, followId, NotificationKind.FollowAccepted);
        }
        else if (relation.FollowId is not null)
        {
            yield return NotificationOf(relation.Id, relation.OwnerId, relation.FirstFollowId ?? relation.FollowId, NotificationKind.Follow);
        }

        if (relation.RequestId is not null)
        {
            yield return NotificationOf(relation.Id, relation.OwnerId, relation.FirstRequestId ?? relation.RequestId, NotificationKind.FollowRequest);
        }
    }

    private static NotificationDocument NotificationOf(string ownerId, string actorId, string eventId, NotificationKind kind) => new()
    {
        Id = NotificationDocument.IdOf(eventId, kind),
        OwnerId = ownerId,
        Kind = kind,
        ActorId = actorId,
        CreatedAt = Ids.TimeOf(eventId),
    };

    /// <summary>Also when a mute or request is over before anything came of it: the relation stays, and names the other.</summary>
    private ValueTask NoteHolderAsync(RelationDocument relation, CancellationToken cancellationToken) =>
        documents.UpsertManyAsync([ReferenceDocument.Of(relation.Id, HolderNote, relation.OwnerId)], cancellationToken);

    private ValueTask CountAsync(RelationDocument relation, CancellationToken cancellationToken) => documents.TallyAsync(
        [
            new Tally(relation.Id, ProfilePresenter.FollowersCounter, relation.OwnerId, relation.Following, relation.Revision) { At = relation.FollowId },
            new Tally(relation.OwnerId, ProfilePresenter.FollowingCounter, relation.Id, relation.Following, relation.Revision),
        ],
        cancellationToken);

    private async Task TellAsync(IEnumerable<NotificationDocument> told, CancellationToken cancellationToken)
    {
        foreach (var one in told)
        {
            var held = await documents.FindAsync<RelationDocument>(one.OwnerId, one.ActorId!, cancellationToken);
            if (held is not ({ Blocked: true } or { Muting: true }))
            {
                await notifier.TellAsync([one], cancellationToken);
            }
        }
    }
}
