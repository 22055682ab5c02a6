using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Resumes what was held back while an account was suspended.</summary>
public sealed class ResumeWork(ParkedWork parked, Dispatcher dispatcher, Retries retries)
{
    /// <summary>Name of the queue; a message is about a profile.</summary>
    public const string Queue = "resumed-work";

    /// <summary>How long a worker that has just read how the account stood may take to park its message: whoever resumes comes after that.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Notes that a profile's work is to be resumed when its account is free again.</summary>
    /// <param name="dispatcher">Sends.</param>
    /// <param name="documents">Where it is noted.</param>
    /// <param name="profileId">Whose work.</param>
    /// <param name="at">When the account is free.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops it; it may be repeated.</param>
    public static async Task ScheduleAsync(
        Dispatcher dispatcher, IDocumentStore documents, string profileId, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var entry = dispatcher.Waiting(Queue, $"{profileId}:{at.ToUnixTimeMilliseconds()}", new WorkMessage(profileId, profileId, at.ToUnixTimeMilliseconds()));
        if (at <= now)
        {
            await dispatcher.SendAsync([entry], cancellationToken, notBefore: now + Margin);
            return;
        }

        // No message lies about for weeks: the sweep is woken when the entry falls due.
        var due = at + Margin;
        await documents.UpsertManyAsync([entry with { DueAt = due }], cancellationToken);
        await dispatcher.WakeAsync(due, cancellationToken);
    }

    /// <summary>Takes a message about a profile.</summary>
    [Function(nameof(ResumeWork))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        retries.RunAsync(Queue, message, () => ResumeAsync(message, cancellationToken), cancellationToken);

    private async Task ResumeAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        // Suspended anew meanwhile: that suspension has its own entry.
        await parked.ResumeAsync(message.Id, cancellationToken);
        if (message.WaitingId is { } waitingId)
        {
            await dispatcher.StrikeAsync(Queue, waitingId, cancellationToken);
        }
    }
}
