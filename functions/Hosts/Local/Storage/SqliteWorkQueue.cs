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

    private readonly SqliteDatabase database;
    private readonly TimeProvider time;
    private readonly Dictionary<string, WorkQueueState> queues = [];

    /// <summary>
    /// The queues of a database. Locks of a host that ended without letting go are released: only one host runs at a time.
    /// </summary>
    public SqliteWorkQueue(SqliteDatabase database, IEnumerable<QueueDefinition> definitions, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        foreach (var definition in definitions)
        {
            queues.Add(definition.Name, new(definition, DeadLetters: false));
            queues.Add(definition.Name + DeadLetterSuffix, new(definition, DeadLetters: true));
        }

        database.Initialize(session =>
        {
            session.Execute(Schema);
            session.Use(ReleaseAll).Bind(1, Now).Run();
        });
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

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
            Visible: item.NotBefore is { } moment ? Math.Max(now, moment.ToUnixTimeMilliseconds()) : now,
            Body: JsonSerializer.SerializeToUtf8Bytes(item.Message, DocumentJson.Options))).ToArray();
        await database.WriteAsync(
            session =>
            {
                foreach (var (queue, id, visible, body) in rows)
                {
                    session.Use(Remember).Bind(1, queue.Name).Bind(2, id).Bind(3, now + queue.DuplicateWindow).Bind(4, now).Run();
                    if (session.Changes > 0)
                    {
                        session.Use(Insert).Bind(1, queue.Name).Bind(2, visible).Bind(3, id).Bind(4, now).BindBlob(5, body).Run();
                    }
                }

                return true;
            },
            _ =>
            {
                foreach (var row in rows)
                {
                    row.Queue.Signal.Set();
                }
            },
            atomic: rows.Length > 1,
            bulk: rows.Length > 16);
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
        await SettleAsync(message, session => session.Use(Delete).Bind(1, message.Sequence).Bind(2, message.Lock).Run(), null, cancellationToken);

    /// <summary>
    /// Gives a message back, to be delivered again after a delay, or to be dead-lettered when it was its last delivery.
    /// False if the lock was lost.
    /// </summary>
    public async ValueTask<bool> AbandonAsync(ReceivedMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        var state = State(message.Queue);
        return message.DeliveryCount >= state.MaxDeliveries
            ? await DeadLetterAsync(message, cancellationToken)
            : await SettleAsync(message, session => session.Use(Unlock).Bind(1, Now + (long)delay.TotalMilliseconds).Bind(2, message.Sequence).Bind(3, message.Lock).Run(), state, cancellationToken);
    }

    /// <summary>Moves a message to the dead-letter queue at once; one that is there already becomes visible there again. False if the lock was lost.</summary>
    public async ValueTask<bool> DeadLetterAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var target = State(State(message.Queue).DeadLetterName);
        return await SettleAsync(
            message,
            session => session.Use(MoveLocked).Bind(1, target.Name).Bind(2, Now).Bind(3, message.Sequence).Bind(4, message.Lock).Run(),
            target,
            cancellationToken);
    }

    /// <summary>Locks a message for another lock duration from now. Null if the lock was lost.</summary>
    public async ValueTask<ReceivedMessage?> RenewAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var until = Now + State(message.Queue).LockMilliseconds;
        return await SettleAsync(message, session => session.Use(Renew).Bind(1, until).Bind(2, message.Sequence).Bind(3, message.Lock).Bind(4, Now).Run(), null, cancellationToken)
            ? message with { LockedUntil = DateTimeOffset.FromUnixTimeMilliseconds(until) }
            : null;
    }

    /// <summary>How full the declared queues are.</summary>
    public ValueTask<IReadOnlyDictionary<string, QueueCounts>> CountsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var counts = queues.Values.Where(queue => !queue.DeadLetters).ToDictionary(queue => queue.Name, _ => new QueueCounts(0, 0, 0, 0));
        using var reader = database.Read();
        using var rows = reader.Session.Use(Count).Bind(1, Now);
        while (rows.Step())
        {
            var name = rows.Text(0);
            var (active, scheduled, locked) = (rows.Number(1), rows.Number(2), rows.Number(3));
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
            forgotten = await database.WriteAsync(
                session =>
                {
                    session.Use(ForgetIds).Bind(1, Now).Run();
                    return session.Changes;
                },
                bulk: true);
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
