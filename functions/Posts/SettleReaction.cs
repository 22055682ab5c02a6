using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>Carries out what follows from a like or a boost that was given or taken back.</summary>
public sealed class SettleReaction(IDocumentStore documents, Worker worker, ReactionEffects effects)
{
    /// <summary>Runs for a reaction whose effects differ from its state.</summary>
    [Function(nameof(SettleReaction))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(ReactionPipeline.Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<ReactionPipeline, ReactionDocument>(ReactionPipeline.Queue, message, reaction => SettleAsync(reaction, cancellationToken), cancellationToken);

    private async Task SettleAsync(ReactionDocument reaction, CancellationToken cancellationToken)
    {
        await (reaction.Active ? effects.ApplyAsync(reaction, cancellationToken) : effects.UndoAsync(reaction, cancellationToken));

        var after = await documents.UpdateAsync<ReactionDocument>(
            reaction.ActorId, reaction.Id, now => now.EventId == reaction.EventId ? now with { Settled = reaction.Active } : null, cancellationToken);
        if (after?.EventId != reaction.EventId)
        {
            // Taken back and given anew meanwhile: what was just told is of an event that nobody would ever take back.
            await effects.UndoAsync(reaction, cancellationToken);
            throw new StaleReadException(ReactionPipeline.Queue, reaction.Revision, after?.Revision);
        }
    }
}
