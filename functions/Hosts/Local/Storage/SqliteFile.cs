using System.Collections.Concurrent;
using System.Diagnostics;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// A database file: a single writer thread that commits in groups, and reading connections that run on their callers' threads beside it.
/// </summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    private const int ReadersKept = 8;

    /// <summary>Numbers a process may give out; so many are reserved at each start, so that none is used twice after a crash.</summary>
    private const long Reservation = 1_000_000_000_000;

    /// <summary>
    /// NORMAL: what is committed is in the operating system's hands, so it survives the death of this process at any point, and the file
    /// survives a power failure whole, though the last moments before it may be gone. FULL would save those too, by waiting for the disk at
    /// every commit: up to tens of milliseconds as soon as others use the disk.
    /// </summary>
    private const string Durability = "PRAGMA synchronous=NORMAL";

    /// <summary>How long a transaction may collect operations before it commits.</summary>
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(2);

    private readonly string path;
    private readonly SqliteSession writer;
    private readonly BlockingCollection<WriteOperation> waiting = [];
    private readonly ConcurrentBag<SqliteSession> readers = [];
    private readonly TaskCompletionSource writerEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool closed;
    private long sequence;

    /// <summary>Opens the file or creates it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="checkpointPages">
    /// Pages of 4 KiB in the log at which the writer copies it into the file. The write that meets it waits: a thread that copies in the
    /// background was not worth its code.
    /// </param>
    /// <exception cref="StorageException">It cannot be opened or is no database.</exception>
    public SqliteFile(string path, int checkpointPages)
    {
        this.path = path;
        PrivateFiles.Touch(path);

        // What is deleted is overwritten: deleted means deleted, on the disk too, once the log has been copied.
        writer = SqliteSession.Open(path, cacheKilobytes: 24 * 1024, $"PRAGMA secure_delete=ON; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint={checkpointPages}; {Durability}; {SequenceSchema}");
        using (var reserved = writer.Query("UPDATE sequence SET reserved = reserved + ?1 RETURNING reserved", Reservation))
        {
            reserved.Read();
            sequence = reserved.GetInt64(0) - Reservation;
        }

        new Thread(Write) { IsBackground = true, Name = $"{Path.GetFileName(path)} writer" }.Start();
    }

    /// <summary>Where the numbers that were given out are kept.</summary>
    public static string SequenceSchema => "CREATE TABLE IF NOT EXISTS sequence(reserved INTEGER NOT NULL); INSERT INTO sequence SELECT 0 WHERE NOT EXISTS (SELECT * FROM sequence)";

    /// <summary>
    /// The next number of the sequence that all writes to the file share. Never used twice, not even after a crash or after the newest document
    /// was deleted: ETags and change-feed positions are made of them. Only for use on the writer's thread.
    /// </summary>
    public long NextSequence() => ++sequence;

    /// <summary>Creates tables at once unless they are there.</summary>
    /// <param name="schema">Statements that do nothing when they are run again.</param>
    public void Prepare(string schema)
    {
        using var session = SqliteSession.Open(path, cacheKilobytes: 256, Durability);
        session.Execute(schema);
    }

    /// <summary>
    /// Runs an operation in the next group commit and completes when it is durable. If it throws, all it wrote is undone and its neighbours
    /// are not affected.
    /// </summary>
    /// <param name="execute">Writes on the writer's thread; must be quick (a few milliseconds at most).</param>
    /// <param name="committed">Runs on the writer's thread after the commit, before this method completes; must not throw.</param>
    /// <exception cref="StorageException">The write failed.</exception>
    /// <exception cref="ObjectDisposedException">The database is shutting down.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> execute, Action<T>? committed = null)
    {
        var operation = new WriteOperation<T>(execute, committed);
        try
        {
            waiting.Add(operation);
        }
        catch (InvalidOperationException error)
        {
            throw new ObjectDisposedException("The database is shutting down.", error);
        }

        return operation.Task;
    }

    /// <summary>Borrows a reading connection; give it back by disposing what is returned.</summary>
    /// <exception cref="ObjectDisposedException">The database was shut down.</exception>
    public Reader Read()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        return new(this, readers.TryTake(out var session) ? session : SqliteSession.Open(path, cacheKilobytes: 2 * 1024, "PRAGMA query_only=1"));
    }

    /// <summary>
    /// Copies the log into the file and empties it, so that what was deleted or overwritten is in neither. First what can be copied beside
    /// the writer; it waits for the rest alone.
    /// </summary>
    public void Checkpoint()
    {
        using var session = SqliteSession.Open(path, cacheKilobytes: 256, Durability);
        session.Execute("PRAGMA wal_checkpoint(PASSIVE); PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Finishes every accepted write and moves the log into the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed)
        {
            return;
        }

        waiting.CompleteAdding();
        await writerEnded.Task;
        closed = true;
        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        writer.Dispose();
    }

    private void Write()
    {
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            Commit(first);
        }

        writerEnded.SetResult();
    }

    private void Commit(WriteOperation first)
    {
        List<WriteOperation> group = [first];
        try
        {
            writer.Run("BEGIN IMMEDIATE");
            var began = Stopwatch.GetTimestamp();
            Execute(first);
            while (Stopwatch.GetElapsedTime(began) < GroupTime && waiting.TryTake(out var next))
            {
                group.Add(next);
                Execute(next);
            }

            writer.Run("COMMIT");
            foreach (var operation in group.Where(operation => operation.Error is null))
            {
                operation.Committed();
            }
        }
        catch (Exception error)
        {
            // Nobody has been told anything yet: the whole group fails, and every caller learns why.
            foreach (var operation in group)
            {
                operation.Error ??= error;
            }

            if (writer.InTransaction)
            {
                writer.Run("ROLLBACK");
            }
        }

        foreach (var operation in group)
        {
            operation.Complete();
        }
    }

    private void Execute(WriteOperation operation)
    {
        writer.Run("SAVEPOINT operation");
        try
        {
            operation.Execute(writer);
        }
        catch (Exception error) when (writer.InTransaction)
        {
            operation.Error = error;
            writer.Run("ROLLBACK TO operation");
        }

        writer.Run("RELEASE operation");
    }

    private void Return(SqliteSession session)
    {
        if (closed || readers.Count >= ReadersKept)
        {
            session.Dispose();
        }
        else
        {
            readers.Add(session);
        }
    }

    /// <summary>A borrowed reading connection.</summary>
    public readonly struct Reader(SqliteFile file, SqliteSession session) : IDisposable
    {
        /// <summary>The connection.</summary>
        public SqliteSession Session => session;

        /// <inheritdoc/>
        public void Dispose() => file.Return(session);
    }
}
