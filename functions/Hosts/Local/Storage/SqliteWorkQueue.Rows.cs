using System.Text.Json;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Hosts.Local.Storage;

internal sealed partial class SqliteWorkQueue
{
    /// <summary>
    /// A message is visible from a moment on (milliseconds since 1970); a lock moves that moment into the future, so
    /// that an expired lock needs nobody to notice it.
    /// </summary>
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS messages(
            seq INTEGER PRIMARY KEY, queue TEXT NOT NULL, visible INTEGER NOT NULL, id TEXT NOT NULL, enqueued INTEGER NOT NULL,
            body BLOB NOT NULL, deliveries INTEGER NOT NULL DEFAULT 0, lock INTEGER);
        CREATE INDEX IF NOT EXISTS messages_visible ON messages(queue, visible, seq);
        CREATE TABLE IF NOT EXISTS message_ids(queue TEXT NOT NULL, id TEXT NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY(queue, id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS message_ids_expires ON message_ids(expires);
        """;

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private static readonly Sql ReleaseAll = new("UPDATE messages SET visible = ?, lock = NULL WHERE lock IS NOT NULL");
    private static readonly Sql Remember = new("INSERT INTO message_ids VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET expires = excluded.expires WHERE expires <= ?");
    private static readonly Sql ForgetIds = new("DELETE FROM message_ids WHERE (queue, id) IN (SELECT queue, id FROM message_ids WHERE expires <= ? LIMIT 500)");
    private static readonly Sql Insert = new("INSERT INTO messages(queue, visible, id, enqueued, body) VALUES(?, ?, ?, ?, ?)");
    private static readonly Sql Visible = new("SELECT seq, id, enqueued, body, deliveries FROM messages WHERE queue = ? AND visible <= ? ORDER BY visible, seq LIMIT ?");
    private static readonly Sql NextVisible = new("SELECT min(visible) FROM messages WHERE queue = ?");
    private static readonly Sql LockOne = new("UPDATE messages SET visible = ?, lock = ?, deliveries = ? WHERE seq = ?");
    private static readonly Sql Unlock = new("UPDATE messages SET visible = ?, lock = NULL WHERE seq = ? AND lock = ?");
    private static readonly Sql Renew = new("UPDATE messages SET visible = ? WHERE seq = ? AND lock = ? AND visible > ?");
    private static readonly Sql Delete = new("DELETE FROM messages WHERE seq = ? AND lock = ?");
    private static readonly Sql Move = new("UPDATE messages SET queue = ?, visible = ?, lock = NULL, deliveries = 0 WHERE seq = ?");
    private static readonly Sql MoveLocked = new("UPDATE messages SET queue = ?, visible = ?, lock = NULL, deliveries = 0 WHERE seq = ? AND lock = ?");
    private static readonly Sql Count = new(
        """
        SELECT queue, sum(visible <= ?1), sum(visible > ?1 AND lock IS NULL), sum(visible > ?1 AND lock IS NOT NULL)
        FROM messages GROUP BY queue
        """);

    private Task<LockAttempt> TryLockAsync(WorkQueueState state, int maxMessages) =>
        database.WriteAsync(
            session =>
            {
                // Exhausted messages make room for others: look again until something is locked or nothing is left.
                var deadLettered = false;
                LockAttempt attempt;
                do
                {
                    attempt = Lock(session, state, maxMessages);
                    deadLettered |= attempt.DeadLettered;
                }
                while (attempt is { Received.Count: 0, DeadLettered: true });
                return attempt with { DeadLettered = deadLettered };
            },
            attempt => Announce(state, attempt.DeadLettered),
            atomic: true);

    private LockAttempt Lock(SqliteSession session, WorkQueueState state, int maxMessages)
    {
        var now = Now;
        var until = now + state.LockMilliseconds;
        var received = new List<ReceivedMessage>();
        var exhausted = new List<long>();
        using (var rows = session.Use(Visible).Bind(1, state.Name).Bind(2, now).Bind(3, maxMessages))
        {
            while (rows.Step())
            {
                var deliveries = (int)rows.Number(4) + 1;
                if (deliveries > state.MaxDeliveries)
                {
                    exhausted.Add(rows.Number(0));
                    continue;
                }

                received.Add(new(
                    state.Name,
                    rows.Text(1),
                    JsonSerializer.Deserialize<WorkMessage>(rows.Blob(3), DocumentJson.Options)!,
                    deliveries,
                    DateTimeOffset.FromUnixTimeMilliseconds(rows.Number(2)),
                    DateTimeOffset.FromUnixTimeMilliseconds(until),
                    rows.Number(0),
                    database.NextSequence()));
            }
        }

        foreach (var message in received)
        {
            session.Use(LockOne).Bind(1, until).Bind(2, message.Lock).Bind(3, message.DeliveryCount).Bind(4, message.Sequence).Run();
        }

        foreach (var sequence in exhausted)
        {
            // The last delivery ended without a word: its lock expired, or the process did.
            session.Use(Move).Bind(1, state.DeadLetterName).Bind(2, now).Bind(3, sequence).Run();
        }

        using var next = session.Use(NextVisible).Bind(1, state.Name);
        return new(received, exhausted.Count > 0, next.Step() && !next.IsNull(0) ? next.Number(0) : null);
    }

    private void Announce(WorkQueueState state, bool deadLettered)
    {
        if (deadLettered)
        {
            State(state.DeadLetterName).Signal.Set();
        }
    }

    private async ValueTask WaitAsync(Task changed, long? nextVisible, CancellationToken cancellationToken)
    {
        if (nextVisible is not { } visible)
        {
            await changed.WaitAsync(cancellationToken);
            return;
        }

        var wait = TimeSpan.FromMilliseconds(visible - Now);
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, Task.Delay(wait < LongestWait ? wait : LongestWait, time, giveUp.Token));
        await giveUp.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async ValueTask<bool> SettleAsync(ReceivedMessage message, Action<SqliteSession> settle, WorkQueueState? wake, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = State(message.Queue);
        return await database.WriteAsync(
            session =>
            {
                settle(session);
                return session.Changes > 0;
            },
            settled =>
            {
                if (settled)
                {
                    wake?.Signal.Set();
                }
            });
    }

    /// <summary>What an attempt to receive came to.</summary>
    /// <param name="Received">Messages that are locked now.</param>
    /// <param name="DeadLettered">Whether messages were moved to the dead-letter queue.</param>
    /// <param name="NextVisible">When the next message becomes visible, in milliseconds since 1970; null if the queue is empty.</param>
    private readonly record struct LockAttempt(IReadOnlyList<ReceivedMessage> Received, bool DeadLettered, long? NextVisible);
}
