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
    }

    /// <summary>
    /// Notes that the effects are in place. If the reaction changed meanwhile, another worker may have been at it, before or after: whatever it is now is carried
    /// out once more. Taken back and given anew, with nothing of that noted as carried out, it is still the same event.
    /// </summary>
    private static ReactionDocument Settled(ReactionDocument read, ReactionDocument now) => now.Revision == read.Revision
        ? now with { Settled = now.Active }
        : now with { Settled = !now.Active, EventId = read.Active && now is { Active: true, Settled: false } ? read.EventId : now.EventId };
}
