using System.Collections.Concurrent;
using System.Diagnostics;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// The host's one database file: a single writer thread that commits in groups, and reading connections that run on
/// their callers' threads beside it. One process at a time owns the data directory.
/// </summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    /// <summary>Operations of one transaction at most, and how long it may collect them before it commits.</summary>
    private const int GroupSize = 512;
    private const int ReadersKept = 8;

    /// <summary>
    /// NORMAL: what is committed is in the operating system's hands, so it survives the death of this process at any
    /// point, and the file survives a power failure whole, though the last moments before it may be gone. FULL would save
    /// those too, by waiting for the disk at every commit: up to tens of milliseconds as soon as others use the disk.
    /// </summary>
    private const string Durability = "PRAGMA synchronous=NORMAL";

    private static readonly Sql Begin = new("BEGIN IMMEDIATE");
    private static readonly Sql End = new("COMMIT");
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(2);

    private readonly string path;
    private readonly FileStream ownership;
    private readonly WriteBacklog backlog = new();
    private readonly ConcurrentBag<SqliteSession> readers = [];
    private readonly SqliteSession writer;
    private readonly Checkpointer checkpointer;
    private readonly SequenceNumbers sequence;
    private readonly TaskCompletionSource writerEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool disposed;

    /// <summary>Opens or creates <c>serverless-social.db</c>.</summary>
    /// <param name="directory">The data directory; created if need be.</param>
    /// <param name="logger">Told of failures no caller can be told of.</param>
    /// <exception cref="StorageException">Another process uses the directory, or the file is no database.</exception>
    public SqliteDatabase(string directory, ILogger<SqliteDatabase> logger)
    {
        Directory.CreateDirectory(directory);
        path = Path.Combine(directory, "serverless-social.db");
        Logger = logger;
        ownership = Own(directory);
        try
        {
            writer = SqliteSession.Open(path, cacheKilobytes: 24 * 1024, $"PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864; {Durability}");
            sequence = new(writer);
            checkpointer = new(SqliteSession.Open(path, cacheKilobytes: 256, Durability), backlog.Wake, logger);
        }
        catch
        {
            writer?.Dispose();
            ownership.Dispose();
            throw;
        }

        new Thread(Write) { IsBackground = true, Name = "storage writer" }.Start();
    }

    /// <summary>Where work in the background tells of its failures.</summary>
    public ILogger Logger { get; }

    /// <summary>Prepares tables at once, on a connection of its own; for constructors, before the host does anything else.</summary>
    public void Initialize(Action<SqliteSession> prepare)
    {
        using var session = SqliteSession.Open(path, cacheKilobytes: 1024, Durability);
        session.Execute("BEGIN IMMEDIATE");
        prepare(session);
        session.Execute("COMMIT");
    }

    /// <summary>The newest number given out.</summary>
    public long LastSequence => sequence.Last;

    /// <summary>The next number of the sequence all writes share, or the first of several. Only for use on the writer's thread.</summary>
    public long NextSequence(int count = 1) => sequence.Next(writer, count);

    /// <summary>
    /// Runs an operation in the next group commit and completes when it is durable. If it throws, its neighbours are not affected.
    /// </summary>
    /// <param name="execute">Writes on the writer's thread; must be quick (a few milliseconds at most).</param>
    /// <param name="committed">
    /// Runs on the writer's thread after the commit, before this method completes; must not throw. It is also called when
    /// <paramref name="execute"/> threw, with the default value, because what came before the exception may be written.
    /// </param>
    /// <param name="atomic">Whether several steps must be undone together if <paramref name="execute"/> throws.</param>
    /// <param name="bulk">Whether this is part of a large job: it lets small writes pass, and is the last operation of its transaction.</param>
    /// <exception cref="StorageException">The write failed.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> execute, Action<T?>? committed = null, bool atomic = false, bool bulk = false)
    {
        var operation = new WriteOperation<T>(execute, committed) { IsAtomic = atomic, IsBulk = bulk };
        backlog.Add(operation);
        return operation.Task;
    }

    /// <summary>Borrows a reading connection; give it back by disposing what is returned.</summary>
    public Reader Read()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return new(this, readers.TryTake(out var session) ? session : SqliteSession.Open(path, cacheKilobytes: 2 * 1024, "PRAGMA query_only=1"));
    }

    /// <summary>Finishes every accepted write, moves the log into the database file and lets go of the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        backlog.Close();
        await writerEnded.Task;
        disposed = true;
        await checkpointer.DisposeAsync();
        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        writer.Dispose();
        await ownership.DisposeAsync();
    }

    private static FileStream Own(string directory)
    {
        var path = Path.Combine(directory, "serverless-social.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new StorageException($"The data directory {Path.GetFullPath(directory)} is in use by another process; stop it, or choose another directory.", error);
        }
    }

    private void Write()
    {
        var group = new List<WriteOperation>(GroupSize);
        while (backlog.Take(checkpointer.HoldsBulk, out var first))
        {
            if (first is not null)
            {
                Commit(first, group);
                group.Clear();
            }

            checkpointer.LookAfter(writer);
        }

        writerEnded.SetResult();
    }

    private void Commit(WriteOperation first, List<WriteOperation> group)
    {
        try
        {
            writer.Use(Begin).Run();
            var began = Stopwatch.GetTimestamp();
            var bulk = first.IsBulk;
            for (var next = first; next is not null; next = Next(ref bulk, group.Count, began))
            {
                group.Add(next);
                Execute(next);
            }

            writer.Use(End).Run();
            foreach (var operation in group)
            {
                operation.Committed();
            }
        }
        catch (Exception error)
        {
            // Nobody has been told anything yet: the whole group fails, and every caller learns why.
            Rollback();
            foreach (var operation in group)
            {
                operation.Error ??= error;
            }
        }

        foreach (var operation in group)
        {
            operation.Complete();
        }
    }

    /// <summary>Whatever is small and waiting, within bounds, and one large operation at the very end, so that neither kind starves the other.</summary>
    private WriteOperation? Next(ref bool bulk, int taken, long began)
    {
        if (bulk)
        {
            return null;
        }

        if (taken < GroupSize && Stopwatch.GetElapsedTime(began) < GroupTime && backlog.TryTakeSmall() is { } small)
        {
            return small;
        }

        if (checkpointer.HoldsBulk)
        {
            return null;
        }

        bulk = true;
        return backlog.TryTakeBulk();
    }

    private void Execute(WriteOperation operation)
    {
        try
        {
            if (operation.IsAtomic)
            {
                writer.Execute("SAVEPOINT one");
            }

            operation.Execute(writer);
            if (operation.IsAtomic)
            {
                writer.Execute("RELEASE one");
            }
        }
        catch (Exception error) when (writer.InTransaction)
        {
            operation.Error = error;
            if (operation.IsAtomic)
            {
                writer.Execute("ROLLBACK TO one; RELEASE one");
            }
        }
    }

    private void Rollback()
    {
        if (writer.InTransaction)
        {
            writer.Execute("ROLLBACK");
        }

        sequence.Forget();
    }

    private void Return(SqliteSession session)
    {
        if (disposed || readers.Count >= ReadersKept)
        {
            session.Dispose();
        }
        else
        {
            readers.Add(session);
        }
    }

    /// <summary>A borrowed reading connection.</summary>
    public readonly struct Reader(SqliteDatabase database, SqliteSession session) : IDisposable
    {
        /// <summary>The connection.</summary>
        public SqliteSession Session => session;

        /// <inheritdoc/>
        public void Dispose() => database.Return(session);
    }
}
