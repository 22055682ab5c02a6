namespace ServerlessSocial.Platform.Queues;

/// <summary>Sends work to queues. Receiving is the host's business: it calls the function that carries the queue's trigger.</summary>
public interface IWorkQueue
{
    /// <summary>
    /// Sends messages; all are stored when it returns. A message whose id the queue has seen within
    /// <see cref="QueueDefinition.DuplicateDetectionWindow"/> is dropped silently.
    /// </summary>
    ValueTask SendAsync(IReadOnlyCollection<WorkItem> items, CancellationToken cancellationToken);
}

/// <summary>A message on its way to a queue.</summary>
/// <param name="Queue">Name of the queue.</param>
/// <param name="MessageId">Deterministic identity, at most 128 characters: the same work has the same id.</param>
/// <param name="Message">The work.</param>
/// <param name="NotBefore">When it may be delivered at the earliest; null at once.</param>
public sealed record WorkItem(string Queue, string MessageId, WorkMessage Message, DateTimeOffset? NotBefore = null);

/// <summary>Asks a worker to look at a document whose state needs a step of work.</summary>
/// <param name="PartitionKey">Partition of the document.</param>
/// <param name="Id">Id of the document.</param>
/// <param name="Revision">Revision the message was made from: a worker that finds an older document must be called again.</param>
/// <param name="WaitingId">Id of the entry in the waiting index that stands for this work; see <c>Pipelines</c>.</param>
public sealed record WorkMessage(string PartitionKey, string Id, long Revision, string? WaitingId = null)
{
    /// <summary>Raised each time waiting work is sent again, so that duplicate detection lets it through.</summary>
    public int Attempt { get; init; }

    /// <summary>How often workers have failed on it since it was sent: each time a new message with a higher count comes for later.</summary>
    public int Failures { get; init; }

    /// <summary>Kind of the last failure.</summary>
    public string? FailedBy { get; init; }

    /// <summary>How many of the last failures in a row were of that kind.</summary>
    public int FailedAlike { get; init; }

    /// <summary>Whether workers have given it up: nothing is tried any more, and the queue dead-letters it.</summary>
    public bool GivenUp { get; init; }

    /// <summary>The share of the work this message is about, when the work is divided (a follower bucket).</summary>
    public int? Part { get; init; }

    /// <summary>Where a long share of the work continues.</summary>
    public string? After { get; init; }

    /// <summary>W3C trace context of whoever caused the work.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it was sent, or when it was to be delivered at the earliest: a worker's start tells how long it waited.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The message with its failures forgotten: for what goes on to another stretch of the work, or begins it anew.</summary>
    public WorkMessage Untried() => this with { Failures = 0, FailedBy = null, FailedAlike = 0 };
}

/// <summary>Declares a queue once, for both hosts and for <c>infra/</c>.</summary>
/// <param name="Name">Queue name, lower case with dashes.</param>
public sealed record QueueDefinition(string Name)
{
    /// <summary>How long a received message stays invisible to others unless renewed; at most five minutes.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Deliveries after which a message is dead-lettered: for processes that die. What fails otherwise is tried again as <c>Retries</c> says.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>How long message ids are remembered.</summary>
    public TimeSpan DuplicateDetectionWindow { get; init; } = TimeSpan.FromMinutes(10);
}
