using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Graph;

/// <summary>Carries out what follows from a relation that changed.</summary>
public sealed class SettleRelation(IDocumentStore documents, Worker worker, RelationEffects effects)
{
    /// <summary>Runs for a relation whose effects differ from its state.</summary>
    [Function(nameof(SettleRelation))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(RelationPipeline.Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<RelationPipeline, RelationDocument>(
            RelationPipeline.Queue, message, relation => SettleAsync(relation, cancellationToken), cancellationToken);

    private async Task SettleAsync(RelationDocument relation, CancellationToken cancellationToken)
    {
        if (relation.Blocking != relation.SettledBlocking)
        {
            await effects.BlockAsync(relation, cancellationToken);
        }

        if (relation.Requested != relation.SettledRequested)
        {
            await effects.RequestAsync(relation, cancellationToken);
        }

        if (relation.Following != relation.SettledFollowing)
        {
            await (relation.Following ? effects.FollowAsync(relation, cancellationToken) : effects.UnfollowAsync(relation, cancellationToken));
        }

        if (relation.Muting != relation.SettledMuting)
        {
            await effects.MuteAsync(relation, cancellationToken);
        }

        var after = await documents.UpdateAsync<RelationDocument>(
            relation.OwnerId, relation.Id, now => RelationRules.Settled(now, relation), cancellationToken);

        // Followed, asked, blocked or muted anew meanwhile: nobody else knows of what may just have been written.
        await effects.ForgetOutdatedAsync(relation, after, cancellationToken);
    }
}
