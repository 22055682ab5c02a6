using System.Diagnostics;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Graph;

/// <summary>Ends a mute whose time has come: a message lies in the queue until then, and its entry in the waiting index says whose it is.</summary>
public sealed class EndMute(RelationWriter relations, Dispatcher dispatcher, Worker worker, TimeProvider time)
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "mute-ends";

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Runs when a mute is to end.</summary>
    [Function(nameof(EndMute))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunNotedAsync<RelationDocument>(Queue, message, relation => EndAsync(message, relation, cancellationToken), cancellationToken);

    /// <summary>
    /// Has a relation looked at when its mute ends, or not any more if it does not end by itself. The pipeline of relations alone calls this, so
    /// that of two workers at the same time one is called again.
    /// </summary>
    internal static Task ScheduleAsync(Dispatcher dispatcher, RelationDocument relation, CancellationToken cancellationToken)
    {
        if (relation.MuteId is not { } muteId)
        {
            return Task.CompletedTask;
        }

        if (relation is not { Muting: true, MutedUntil: { } end })
        {
            return dispatcher.StrikeAsync(Queue, muteId, cancellationToken);
        }

        var message = new WorkMessage(relation.OwnerId, relation.Id, relation.Revision) { TraceParent = Activity.Current?.Id ?? relation.TraceParent };
        var work = dispatcher.Waiting(Queue, muteId, message) with { DueAt = end + Dispatcher.Patience };
        return dispatcher.SendAsync([work], cancellationToken, end, nameless: true);
    }

    private async Task EndAsync(WorkMessage message, RelationDocument relation, CancellationToken cancellationToken)
    {
        if (relation.MuteId != message.WaitingId)
        {
            await dispatcher.StrikeAsync(Queue, message.WaitingId!, cancellationToken);
        }
        else if (relation is { Muting: true, MutedUntil: { } end })
        {
            if (time.GetUtcNow() < end)
            {
                // It was prolonged, or the queue's clock is ahead of this one.
                await dispatcher.SendLaterAsync(Queue, message, end, cancellationToken);
                return;
            }

            await relations.ChangeAsync(
                relation.OwnerId, relation.Id, found => found.MutedUntil == end ? RelationRules.Unmute(found) : found, cancellationToken);
        }
    }
}
