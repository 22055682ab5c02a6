using ServerlessSocial.Feeds;
using ServerlessSocial.Filters;
using ServerlessSocial.Graph;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Posts;

/// <summary>What follows from likes and boosts: counters, notifications, feeds. Every step may be repeated.</summary>
public sealed class ReactionEffects(IDocumentStore documents, Notifier notifier, BoostFanOut feeds, ShardedTallies shards)
{
    /// <summary>Counts reactions, or counts them no longer.</summary>
    public async Task CountAsync(IReadOnlyCollection<ReactionDocument> reactions, CancellationToken cancellationToken)
    {
        await documents.TallyAsync([.. reactions.Select(TallyOf)], cancellationToken);
        await shards.CollectLaterAsync([.. reactions.Where(reaction => reaction.Shard is not null).Select(reaction => reaction.PostId).Distinct()], cancellationToken);
    }

    /// <summary>Tells the authors of fresh likes, all in few batches.</summary>
    public async Task TellOfLikesAsync(IReadOnlyCollection<ReactionDocument> likes, CancellationToken cancellationToken)
    {
        var (welcome, loaded) = await WelcomeAsync([.. likes.Where(IsTold)], cancellationToken);
        if (welcome.Count == 0)
        {
            return;
        }

        await notifier.TellAsync(welcome.Select(Notification), loaded, cancellationToken);

        // Taken back meanwhile: nobody else knows of what may just have been written.
        var now = await documents.ReadManyAsync([.. welcome.Select(like => DocumentKey.Of<ReactionDocument>(like.ActorId, like.Id))], cancellationToken);
        foreach (var like in welcome.Where(like => now.Get<ReactionDocument>(like.ActorId, like.Id) is not { Active: true }))
        {
            await CorrectAsync(like, isTold: true, cancellationToken);
        }
    }

    /// <summary>
    /// Brings what the author is told in line with the reaction, which changed while a worker was at it: until it says the same as the reaction, whoever changes
    /// that meanwhile. Every giving of a reaction is told under the same name, so that the worker of one change can undo what that of another did.
    /// </summary>
    /// <param name="reaction">The reaction as the worker read it.</param>
    /// <param name="isTold">Whether the worker told of it, or took that back.</param>
    /// <param name="cancellationToken">Stops it; the message comes again.</param>
    public async Task CorrectAsync(ReactionDocument reaction, bool isTold, CancellationToken cancellationToken)
    {
        for (; ; isTold = !isTold)
        {
            var now = await documents.FindAsync<ReactionDocument>(reaction.ActorId, reaction.Id, cancellationToken);
            if ((now?.Active ?? false) == isTold)
            {
                return;
            }

            await (isTold ? notifier.WithdrawAsync([Notification(reaction)], cancellationToken) : TellAuthorAsync(reaction, cancellationToken));
        }
    }

    /// <summary>Tells the author and passes a boost on.</summary>
    public async Task TellAsync(ReactionDocument reaction, CancellationToken cancellationToken)
    {
        await TellAuthorAsync(reaction, cancellationToken);
        if (reaction.Kind == ReactionKind.Boost)
        {
            await feeds.DistributeAsync(reaction, cancellationToken);
        }
    }

    /// <summary>Takes back what was told of it, and what its event passed on.</summary>
    public async Task WithdrawAsync(ReactionDocument reaction, CancellationToken cancellationToken)
    {
        await notifier.WithdrawAsync([Notification(reaction)], cancellationToken);
        await WithdrawEventAsync(reaction, cancellationToken);
    }

    /// <summary>Takes back what its event passed on.</summary>
    public async Task WithdrawEventAsync(ReactionDocument reaction, CancellationToken cancellationToken)
    {
        if (reaction.Kind == ReactionKind.Boost)
        {
            await feeds.WithdrawAsync(reaction, cancellationToken);
        }
    }

    private async Task TellAuthorAsync(ReactionDocument reaction, CancellationToken cancellationToken)
    {
        if (IsTold(reaction))
        {
            var (welcome, loaded) = await WelcomeAsync([reaction], cancellationToken);
            await notifier.TellAsync(welcome.Select(Notification), loaded, cancellationToken);
        }
    }

    /// <summary>Those that the author wants to hear of: the post still stands, and they neither block nor mute whoever reacts, nor mute its thread; and what was loaded, with what tells of them.</summary>
    private async Task<(IReadOnlyList<ReactionDocument> Welcome, DocumentSet Loaded)> WelcomeAsync(IReadOnlyCollection<ReactionDocument> reactions, CancellationToken cancellationToken)
    {
        var keys = reactions.SelectMany(reaction => new[]
        {
            PostKey(reaction), DocumentKey.Of<RelationDocument>(OwnedIds.OwnerOf(reaction.PostId), reaction.ActorId), FiltersDocument.KeyOf(OwnedIds.OwnerOf(reaction.PostId)),
            Notifier.KeyOf(Notification(reaction)),
        });
        var loaded = await documents.ReadManyAsync(keys.ToHashSet(), cancellationToken);
        IReadOnlyList<ReactionDocument> welcome = [.. reactions.Where(reaction =>
            loaded.Get<PostDocument>(OwnedIds.OwnerOf(reaction.PostId), reaction.PostId) is { DeletedAt: null } post
            && !loaded.MutesThread(post.AuthorId, post.RootId)
            && loaded.Get<RelationDocument>(OwnedIds.OwnerOf(reaction.PostId), reaction.ActorId) is not ({ Blocked: true } or { Muting: true }))];
        return (welcome, loaded);
    }

    /// <summary>Whoever has a very popular post is not told of every further like: nobody reads thousands of lines, and no partition takes them.</summary>
    private static bool IsTold(ReactionDocument reaction) => reaction.Shard is null;

    private static DocumentKey PostKey(ReactionDocument reaction) => DocumentKey.Of<PostDocument>(OwnedIds.OwnerOf(reaction.PostId), reaction.PostId);

    /// <summary>What a like or boost counts for.</summary>
    internal static Tally TallyOf(ReactionDocument reaction) => new(
        reaction.CountedFor,
        reaction.Kind == ReactionKind.Like ? PostPresenter.LikesCounter : PostPresenter.BoostsCounter,
        reaction.ActorId,
        reaction.Active,
        reaction.Revision)
    {
        At = reaction.EventId,
    };

    private static NotificationDocument Notification(ReactionDocument reaction)
    {
        var kind = reaction.Kind == ReactionKind.Like ? NotificationKind.Like : NotificationKind.Boost;

        // Given again it is the same news, in its old place.
        var told = reaction.FirstEventId ?? reaction.EventId;
        return new()
        {
            Id = NotificationDocument.IdOf(told, kind),
            OwnerId = OwnedIds.OwnerOf(reaction.PostId),
            Kind = kind,
            ActorId = reaction.ActorId,
            PostId = reaction.PostId,
            CreatedAt = Ids.TimeOf(told),
        };
    }
}
