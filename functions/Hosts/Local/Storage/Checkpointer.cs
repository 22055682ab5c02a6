namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Copies the write-ahead log into the database file beside the writer, so that no commit waits for it. SQLite starts a
/// log again from its beginning only when all of it is copied, and while writes keep coming a background pass leaves a
/// tail. So large jobs pause when a pass could not keep up, and the writer itself copies the tail once it is short.
/// </summary>
internal sealed class Checkpointer : IAsyncDisposable
{
    /// <summary>Log pages at which a pass begins; with 4 KiB pages 64 MiB.</summary>
    private const int PagesPerPass = 16_384;

    /// <summary>Pages the writer copies itself: a few milliseconds.</summary>
    private const int ShortTail = 256;

    /// <summary>Background passes in a row, after which the writer copies the tail however long it is: small writes alone may never let it get short.</summary>
    private const int MostPasses = 4;

    private readonly SqliteSession session;
    private readonly Action wakeWriter;
    private readonly ILogger logger;
    private readonly SemaphoreSlim wanted = new(0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task worker;
    private int pagesSincePass;
    private int passes;
    private volatile bool running;
    private volatile bool tailIsLeft;

    /// <summary>Starts the background work.</summary>
    /// <param name="session">A connection of its own.</param>
    /// <param name="wakeWriter">Makes the writer call <see cref="LookAfter"/> though there is nothing to write.</param>
    /// <param name="logger">Told of passes that failed.</param>
    public Checkpointer(SqliteSession session, Action wakeWriter, ILogger logger)
    {
        this.session = session;
        this.wakeWriter = wakeWriter;
        this.logger = logger;
        worker = Task.Run(RunAsync);
    }

    /// <summary>Whether large jobs must wait, so that the log gets a chance to start again. Asked on the writer's thread.</summary>
    public bool HoldsBulk => (tailIsLeft && running) || pagesSincePass > 3 * PagesPerPass;

    /// <summary>Looks after the log, on the writer's thread and between transactions.</summary>
    public void LookAfter(SqliteSession writer)
    {
        pagesSincePass += writer.TakePagesWritten();
        if (running)
        {
            return;
        }

        if (tailIsLeft && (pagesSincePass <= ShortTail || passes >= MostPasses))
        {
            Pass(writer, restart: true);
            pagesSincePass = passes = 0;
            tailIsLeft = false;
        }
        else if (tailIsLeft || pagesSincePass >= PagesPerPass)
        {
            running = true;
            passes++;
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
                Pass(session, restart: false);
                tailIsLeft = true;
                running = false;
                wakeWriter();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The database is closing.
        }
    }

    private void Pass(SqliteSession on, bool restart)
    {
        try
        {
            on.Checkpoint(restart);
        }
        catch (StorageException error)
        {
            // Nothing is lost: everything committed is in the log, and a later pass tries again.
            logger.LogError(error, "The write-ahead log could not be copied into the database file.");
        }
    }
}
