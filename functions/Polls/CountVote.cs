using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Polls;

/// <summary>Counts a vote, or counts it no longer. Counting it again changes nothing.</summary>
public sealed class CountVote(IDocumentStore documents, Worker worker)
{
    /// <summary>Runs for a vote that the counters do not show as it is, as far as is noted.</summary>
    [Function(nameof(CountVote))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(VotePipeline.Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<VotePipeline, VoteDocument>(VotePipeline.Queue, message, vote => CountAsync(vote, cancellationToken), cancellationToken);

    private async Task CountAsync(VoteDocument vote, CancellationToken cancellationToken)
    {
        await documents.TallyAsync([.. vote.Tallies()], cancellationToken);
        await worker.FinishAsync(vote with { Counted = vote.Active }, cancellationToken);
    }
}
