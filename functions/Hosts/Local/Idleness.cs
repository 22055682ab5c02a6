using ServerlessSocial.Drafts.Scheduling;
using ServerlessSocial.Graph;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Polls;

namespace ServerlessSocial.Hosts.Local;

/// <summary>
/// Tells whether everything that was started has been carried out: change feeds read to the end, queues empty. Wake-ups of the sweep and
/// mutes that end by themselves and posts for later do not count: they lie ahead also when nothing is left to do.
/// </summary>
internal sealed class Idleness(IChangeSource changes, IDocumentStore documents, WaitingIndex index, SqliteLeases leases, SqliteWorkQueue queue) : IBacklog
{
    /// <summary>Queues whose dead letters are work too, because a function takes care of them.</summary>
    private static readonly HashSet<string> Attended =
    [
        .. FunctionCatalog.TriggeredBy<ServiceBusTriggerAttribute>()
            .Select(entry => entry.Trigger.QueueName)
            .Where(name => name.EndsWith(SqliteWorkQueue.DeadLetterSuffix, StringComparison.Ordinal))
            .Select(name => name[..^SqliteWorkQueue.DeadLetterSuffix.Length]),
    ];

    /// <summary>Waits until nothing is left to do.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (!await IsIdleAsync(cancellationToken))
        {
            await Task.Delay(changes.Pause, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<Backlog> ReadAsync(CancellationToken cancellationToken)
    {
        var idle = await IsIdleAsync(cancellationToken);
        var queues = new List<QueueBacklog>();
        foreach (var (name, counts) in (await CountsAsync(cancellationToken)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var waiting = 0;
            foreach (var partition in WaitingIndex.Partitions(name, index.Shards))
            {
                waiting += (await documents.QueryAsync<WaitingDocument>(new(partition, 100), cancellationToken)).Items.Count;
            }

            queues.Add(new(name, counts.Active, counts.Scheduled, counts.Locked, counts.DeadLettered, waiting));
        }

        return new(idle, queues);
    }

    /// <summary>Whether nothing is left to do.</summary>
    public async Task<bool> IsIdleAsync(CancellationToken cancellationToken)
    {
        // Feeds before queues and feeds again: work wanders from a feed to a queue, and from there by a write back to a feed.
        var before = leases.Moves;
        return await AreFeedsReadAsync(cancellationToken)
            && (await CountsAsync(cancellationToken)).All(entry => entry.Value.IsIdle && (entry.Value.DeadLettered == 0 || !Attended.Contains(entry.Key)))
            && await AreFeedsReadAsync(cancellationToken)
            && leases.Moves == before;
    }

    private async Task<IEnumerable<KeyValuePair<string, QueueCounts>>> CountsAsync(CancellationToken cancellationToken) =>
        (await queue.CountsAsync(cancellationToken))
            .Where(entry => entry.Key is not (SweepWaiting.Queue or EndMute.Queue))
            .Select(entry => entry.Key is ScheduledPostPipeline.Queue or EndPoll.Queue ? new(entry.Key, entry.Value with { Scheduled = 0 }) : entry);

    private async Task<bool> AreFeedsReadAsync(CancellationToken cancellationToken)
    {
        foreach (var (function, trigger) in FunctionCatalog.TriggeredBy<CosmosDBTriggerAttribute>())
        {
            var container = Product.Containers.Single(candidate => candidate.Name == trigger.ContainerName);
            if (await changes.HasChangesAsync(container, await leases.GetAsync(changes.LeaseOf(function.Name), cancellationToken), cancellationToken))
            {
                return false;
            }
        }

        return true;
    }
}
