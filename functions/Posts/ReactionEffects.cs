using ServerlessSocial.Feeds;
using ServerlessSocial.Graph;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Posts;

/// <summary>What follows from likes and boosts: counters, notifications, feeds. Every step may be repeated.</summary>
public sealed class ReactionEffects(IDocumentStore documents, Notifier notifier, BoostFanOut feeds)
{
    /// <summary>Counts a reaction, or counts it no longer.</summary>
    public async Task CountAsync(ReactionDocument reaction, CancellationToken cancellationToken)
    {
        var counter = reaction.Kind == ReactionKind.Like ? PostPresenter.LikesCounter : PostPresenter.BoostsCounter;
        await documents.TallyAsync([new Tally(reaction.PostId, counter, reaction.ActorId, reaction.Active, reaction.Revision)], cancellationToken);
    }

    /// <summary>Tells the author and passes a boost on.</summary>
    public async Task TellAsync(ReactionDocument reaction, CancellationToken cancellationToken)
    {
        if (await IsWelcomeAsync(reaction, cancellationToken))
        {
            await notifier.TellAsync([Notification(reaction)], cancellationToken);
        }

        if (reaction.Kind == ReactionKind.Boost)
        {
            await feeds.DistributeAsync(reaction, cancellationToken);
        }
    }

    /// <summary>Takes back what its event told and passed on.</summary>
    public async Task WithdrawAsync(ReactionDocument reaction, CancellationToken cancellationToken)
    {
        var notification = Notification(reaction);
        await notifier.WithdrawAsync([(notification.OwnerId, notification.Id)], cancellationToken);
        if (reaction.Kind == ReactionKind.Boost)
        {
            await feeds.WithdrawAsync(reaction, cancellationToken);
        }
    }

    /// <summary>Whether the author wants to hear of it: the post still stands, and they neither block nor mute whoever reacts.</summary>
    private async Task<bool> IsWelcomeAsync(ReactionDocument reaction, CancellationToken cancellationToken)
    {
        var authorId = OwnedIds.OwnerOf(reaction.PostId);
        var loaded = await documents.ReadManyAsync(
            [DocumentKey.Of<PostDocument>(authorId, reaction.PostId), DocumentKey.Of<RelationDocument>(authorId, reaction.ActorId)], cancellationToken);
        return loaded.Get<PostDocument>(authorId, reaction.PostId) is { DeletedAt: null }
            && loaded.Get<RelationDocument>(authorId, reaction.ActorId) is not ({ Blocked: true } or { Muting: true });
    }

    private static NotificationDocument Notification(ReactionDocument reaction)
    {
        var kind = reaction.Kind == ReactionKind.Like ? NotificationKind.Like : NotificationKind.Boost;
        return new()
        {
            Id = NotificationDocument.IdOf(reaction.EventId, kind),
            OwnerId = OwnedIds.OwnerOf(reaction.PostId),
            Kind = kind,
            ActorId = reaction.ActorId,
            PostId = reaction.PostId,
            CreatedAt = Ids.TimeOf(reaction.EventId),
        };
    }
}
