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

    private const string Remember = "INSERT INTO message_ids VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET expires = excluded.expires WHERE expires <= ?4";
    private const string ForgetIds = "DELETE FROM message_ids WHERE (queue, id) IN (SELECT queue, id FROM message_ids WHERE expires <= ?1 LIMIT 500)";
    private const string Insert = "INSERT INTO messages(queue, visible, id, enqueued, body) VALUES(?1, ?2, ?3, ?4, ?5)";
    private const string Visible = "SELECT seq, id, enqueued, body, deliveries FROM messages WHERE queue = ?1 AND visible <= ?2 ORDER BY visible, seq LIMIT ?3";
    private const string NextVisible = "SELECT min(visible) FROM messages WHERE queue = ?1";
    private const string LockOne = "UPDATE messages SET visible = ?2, lock = ?3, deliveries = ?4 WHERE seq = ?1";
    private const string Unlock = "UPDATE messages SET visible = ?3, lock = NULL WHERE seq = ?1 AND lock = ?2";
    private const string Renew = "UPDATE messages SET visible = ?4 WHERE seq = ?1 AND lock = ?2 AND visible > ?3";

    /// <summary>A message without a lock is moved when the lock that is given is NULL.</summary>
    private const string Move = "UPDATE messages SET queue = ?4, visible = ?3, lock = NULL, deliveries = 0 WHERE seq = ?1 AND (lock = ?2 OR ?2 IS NULL)";

    private const string Count =
        """
        SELECT queue, sum(visible <= ?1), sum(visible > ?1 AND lock IS NULL), sum(visible > ?1 AND lock IS NOT NULL)
        FROM messages GROUP BY queue
        """;

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private Task<LockAttempt> TryLockAsync(WorkQueueState state, int maxMessages) =>
        file.WriteAsync(
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
            attempt =>
            {
                if (attempt.DeadLettered)
                {
                    State(state.DeadLetterName).Signal.Set();
                }
            });

    private LockAttempt Lock(SqliteSession session, WorkQueueState state, int maxMessages)
    {
        var now = Now;
        var until = now + state.LockMilliseconds;
        var received = new List<ReceivedMessage>();
        var exhausted = new List<long>();
        using (var rows = session.Query(Visible, state.Name, now, maxMessages))
        {
            while (rows.Read())
            {
                var deliveries = rows.GetInt32(4) + 1;
                if (deliveries > state.MaxDeliveries)
                {
                    exhausted.Add(rows.GetInt64(0));
                    continue;
                }

                received.Add(new(
                    state.Name,
                    rows.GetString(1),
                    JsonSerializer.Deserialize<WorkMessage>(rows.GetFieldValue<byte[]>(3), DocumentJson.Options)!,
                    deliveries,
                    DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)),
                    DateTimeOffset.FromUnixTimeMilliseconds(until),
                    rows.GetInt64(0),
                    file.NextSequence()));
            }
        }

        foreach (var message in received)
        {
            session.Run(LockOne, message.Sequence, until, message.Lock, message.DeliveryCount);
        }

        foreach (var sequence in exhausted)
        {
            // The last delivery ended without a word: its lock expired, or the process did.
            session.Run(Move, sequence, null, now, state.DeadLetterName);
        }

        using var next = session.Query(NextVisible, state.Name);
        return new(received, exhausted.Count > 0, next.Read() && !next.IsDBNull(0) ? next.GetInt64(0) : null);
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

    private async ValueTask<bool> SettleAsync(ReceivedMessage message, Func<SqliteSession, int> settle, WorkQueueState? wake, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = State(message.Queue);
        var settled = await file.WriteAsync(settle) > 0;
        if (settled)
        {
            wake?.Signal.Set();
        }

        return settled;
    }

    /// <summary>What an attempt to receive came to.</summary>
    /// <param name="Received">Messages that are locked now.</param>
    /// <param name="DeadLettered">Whether messages were moved to the dead-letter queue.</param>
    /// <param name="NextVisible">When the next message becomes visible, in milliseconds since 1970; null if the queue is empty.</param>
    private readonly record struct LockAttempt(IReadOnlyList<ReceivedMessage> Received, bool DeadLettered, long? NextVisible);
}
