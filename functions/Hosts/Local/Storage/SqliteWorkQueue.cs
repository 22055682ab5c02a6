using System.Text.Json;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Queues in the database file with the semantics of Service Bus: peek-lock, delivery count, scheduled delivery,
/// duplicate detection and a dead-letter queue per queue. Sends commit in groups with document writes.
/// </summary>
internal sealed partial class SqliteWorkQueue : IWorkQueue
{
    /// <summary>What follows a queue's name in the name of its dead-letter queue.</summary>
    public const string DeadLetterSuffix = "/$deadletterqueue";

    private const int MaxIdLength = 128;

    private readonly SqliteFile file;
    private readonly TimeProvider time;
    private readonly Dictionary<string, WorkQueueState> queues = [];

    /// <summary>
    /// The queues of a database. Locks of a host that ended without letting go are released: only one host runs at a time.
    /// </summary>
    public SqliteWorkQueue(SqliteDatabase database, IEnumerable<QueueDefinition> definitions, TimeProvider time)
    {
        file = database.Main;
        this.time = time;
        foreach (var definition in definitions)
        {
            queues.Add(definition.Name, new(definition, DeadLetters: false));
            queues.Add(definition.Name + DeadLetterSuffix, new(definition, DeadLetters: true));
        }

        file.Prepare($"{Schema}; UPDATE messages SET visible = {Now}, lock = NULL WHERE lock IS NOT NULL");
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Not before means not a part of a millisecond before either.</summary>
    private static long FirstMillisecondFrom(DateTimeOffset moment) => moment.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A queue is not declared, or a message id is empty or longer than 128 characters.</exception>
    public async ValueTask SendAsync(IReadOnlyCollection<WorkItem> items, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (items.Count == 0)
        {
            return;
        }

        var now = Now;
        var rows = items.Select(item => (
            Queue: Sendable(item),
            Id: item.MessageId,
            Visible: item.NotBefore is { } moment ? Math.Max(now, FirstMillisecondFrom(moment)) : now,
            Body: JsonSerializer.SerializeToUtf8Bytes(item.Message, DocumentJson.Options))).ToArray();
        await file.WriteAsync(
            session => rows.Count(row =>
                session.Run(Remember, row.Queue.Name, row.Id, now + row.Queue.DuplicateWindow, now) > 0
                && session.Run(Insert, row.Queue.Name, row.Visible, row.Id, now, row.Body) > 0),
            _ => Array.ForEach(rows, row => row.Queue.Signal.Set()));
    }

    /// <summary>Waits until messages can be received, and locks up to <paramref name="maxMessages"/> of them, oldest first.</summary>
    /// <param name="queue">A declared queue, or the dead-letter queue of one.</param>
    /// <param name="maxMessages">At most so many, 1 or more.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>At least one message.</returns>
    /// <exception cref="ArgumentException">The queue is not declared.</exception>
    public async ValueTask<IReadOnlyList<ReceivedMessage>> ReceiveAsync(string queue, int maxMessages, CancellationToken cancellationToken)
    {
        var state = State(queue);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var changed = state.Signal.Next;
            var attempt = await TryLockAsync(state, maxMessages);
            if (attempt.Received.Count > 0)
            {
                return attempt.Received;
            }

            await WaitAsync(changed, attempt.NextVisible, cancellationToken);
        }
    }

    /// <summary>Like <see cref="ReceiveAsync"/>, but returns nothing when nothing can be received now.</summary>
    /// <exception cref="ArgumentException">The queue is not declared.</exception>
    public async ValueTask<IReadOnlyList<ReceivedMessage>> TryReceiveAsync(string queue, int maxMessages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return (await TryLockAsync(State(queue), maxMessages)).Received;
    }

    /// <summary>Removes a message whose work is done. False if the lock was lost: it will be, or was, delivered again.</summary>
    public async ValueTask<bool> CompleteAsync(ReceivedMessage message, CancellationToken cancellationToken) =>
        await SettleAsync(message, session => session.Run("DELETE FROM messages WHERE seq = ?1 AND lock = ?2", message.Sequence, message.Lock), null, cancellationToken);

    /// <summary>
    /// Gives a message back, to be delivered again after a delay, or to be dead-lettered when it was its last delivery.
    /// False if the lock was lost.
    /// </summary>
    public async ValueTask<bool> AbandonAsync(ReceivedMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        var state = State(message.Queue);
        return message.DeliveryCount >= state.MaxDeliveries
            ? await DeadLetterAsync(message, cancellationToken)
            : await SettleAsync(message, session => session.Run(Unlock, message.Sequence, message.Lock, Now + (long)delay.TotalMilliseconds), state, cancellationToken);
    }

    /// <summary>Moves a message to the dead-letter queue at once; one that is there already becomes visible there again. False if the lock was lost.</summary>
    public async ValueTask<bool> DeadLetterAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var target = State(State(message.Queue).DeadLetterName);
        return await SettleAsync(message, session => session.Run(Move, message.Sequence, message.Lock, Now, target.Name), target, cancellationToken);
    }

    /// <summary>Locks a message for another lock duration from now. Null if the lock was lost.</summary>
    public async ValueTask<ReceivedMessage?> RenewAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var until = Now + State(message.Queue).LockMilliseconds;
        return await SettleAsync(message, session => session.Run(Renew, message.Sequence, message.Lock, Now, until), null, cancellationToken)
            ? message with { LockedUntil = DateTimeOffset.FromUnixTimeMilliseconds(until) }
            : null;
    }

    /// <summary>How full the declared queues are.</summary>
    public ValueTask<IReadOnlyDictionary<string, QueueCounts>> CountsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var counts = queues.Values.Where(queue => !queue.DeadLetters).ToDictionary(queue => queue.Name, _ => new QueueCounts(0, 0, 0, 0));
        using var reader = file.Read();
        using var rows = reader.Session.Query(Count, Now);
        while (rows.Read())
        {
            var name = rows.GetString(0);
            var (active, scheduled, locked) = (rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3));
            if (name.EndsWith(DeadLetterSuffix, StringComparison.Ordinal))
            {
                name = name[..^DeadLetterSuffix.Length];
                if (counts.TryGetValue(name, out var queue))
                {
                    counts[name] = queue with { DeadLettered = active + scheduled + locked };
                }
            }
            else if (counts.TryGetValue(name, out var queue))
            {
                counts[name] = queue with { Active = active, Scheduled = scheduled, Locked = locked };
            }
        }

        return ValueTask.FromResult<IReadOnlyDictionary<string, QueueCounts>>(counts);
    }

    /// <summary>Forgets message ids whose time of duplicate detection is over.</summary>
    public async ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        int forgotten;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            forgotten = await file.WriteAsync(session => session.Run(ForgetIds, Now));
        }
        while (forgotten > 0);
    }

    private WorkQueueState Sendable(WorkItem item)
    {
        var state = State(item.Queue);
        return state.DeadLetters ? throw new ArgumentException("Nothing is sent to a dead-letter queue.", nameof(item))
            : item.MessageId.Length is 0 or > MaxIdLength ? throw new ArgumentException($"A message id has 1 to {MaxIdLength} characters.", nameof(item))
            : state;
    }

    private WorkQueueState State(string queue) =>
        queues.TryGetValue(queue, out var state) ? state : throw new ArgumentException($"Queue '{queue}' is not declared.", nameof(queue));
}
