using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>Carries out what follows from a like or a boost that was given or taken back.</summary>
public sealed class SettleReaction(IDocumentStore documents, Worker worker, ParkedWork parked, ReactionEffects effects)
{
    /// <summary>Runs for a reaction whose effects differ from its state.</summary>
    [Function(nameof(SettleReaction))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(ReactionPipeline.Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<ReactionPipeline, ReactionDocument>(
            ReactionPipeline.Queue,
            message,
            reaction => reaction is { Kind: ReactionKind.Boost, Active: true }
                ? parked.UnlessSuspendedAsync(reaction.ActorId, ReactionPipeline.Queue, message, () => SettleAsync(reaction, cancellationToken), cancellationToken)
                : SettleAsync(reaction, cancellationToken),
            cancellationToken);

    private async Task SettleAsync(ReactionDocument reaction, CancellationToken cancellationToken)
    {
        await effects.CountAsync([reaction], cancellationToken);
        await (reaction.Active ? effects.TellAsync(reaction, cancellationToken) : effects.WithdrawAsync(reaction, cancellationToken));

        var after = await documents.UpdateReadAsync(reaction, now => Settled(reaction, now), cancellationToken);
        if (reaction.Active && after?.EventId != reaction.EventId)
        {
            // A late repetition: another event's effects are in place, and nobody would ever take this one's back.
            await effects.WithdrawEventAsync(reaction, cancellationToken);
        }

        if ((after?.Active ?? false) != reaction.Active)
        {
            await effects.CorrectAsync(reaction, reaction.Active, cancellationToken);
        }
    }

    /// <summary>
    /// Notes whose effects are in place. If the reaction was taken back and given anew meanwhile, and nothing of that has been carried out,
    /// it is still the same event.
    /// </summary>
    private static ReactionDocument? Settled(ReactionDocument read, ReactionDocument now) =>
        now.EventId == read.EventId ? now with { Settled = read.Active }
        : read.Active && !now.Settled ? now with { Settled = true, EventId = read.EventId }
        : null;
}
