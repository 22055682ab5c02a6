namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Copies the write-ahead log into the database file beside the writer, so that no commit waits for it. A log that is
/// copied completely is written again from its start; while writes keep coming a background pass always leaves a tail,
/// which the writer itself copies once it is short.
/// </summary>
internal sealed class Checkpointer : IAsyncDisposable
{
    /// <summary>Log pages at which a pass begins, and up to which the writer copies a tail itself.</summary>
    private const int PagesPerPass = 8_192;
    private const int ShortTail = 512;

    private readonly SqliteSession session;
    private readonly ILogger logger;
    private readonly SemaphoreSlim wanted = new(0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task worker;
    private int pagesSincePass;
    private volatile bool running;
    private volatile bool tailIsLeft;

    /// <summary>Starts the background work on a connection of its own.</summary>
    public Checkpointer(SqliteSession session, ILogger logger)
    {
        this.session = session;
        this.logger = logger;
        worker = Task.Run(RunAsync);
    }

    /// <summary>Tells of a commit, on the writer's thread.</summary>
    public void Wrote(SqliteSession writer)
    {
        pagesSincePass += writer.TakePagesWritten();
        if (running)
        {
            return;
        }

        if (tailIsLeft && pagesSincePass <= ShortTail)
        {
            tailIsLeft = false;
            Pass(writer);
        }
        else if (pagesSincePass >= (tailIsLeft ? ShortTail : PagesPerPass))
        {
            running = true;
            pagesSincePass = 0;
            wanted.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await worker;
        session.Dispose();
        wanted.Dispose();
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await wanted.WaitAsync(stopping.Token);
                Pass(session);
                tailIsLeft = true;
                running = false;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The database is closing.
        }
    }

    private void Pass(SqliteSession on)
    {
        try
        {
            on.Checkpoint();
        }
        catch (StorageException error)
        {
            // Nothing is lost: everything committed is in the log, and a later pass tries again.
            logger.LogError(error, "The write-ahead log could not be copied into the database file.");
        }
    }
}
