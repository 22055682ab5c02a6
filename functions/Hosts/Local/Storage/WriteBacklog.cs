namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>What waits for the writer: small operations first, large ones in between.</summary>
internal sealed class WriteBacklog
{
    private readonly Queue<WriteOperation> small = new();
    private readonly Queue<WriteOperation> bulk = new();
    private bool closed;

    /// <summary>Adds an operation.</summary>
    /// <exception cref="ObjectDisposedException">The database is shutting down.</exception>
    public void Add(WriteOperation operation)
    {
        lock (small)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteDatabase));
            (operation.IsBulk ? bulk : small).Enqueue(operation);
            Monitor.Pulse(small);
        }
    }

    /// <summary>Accepts nothing more; what is there is still handed out.</summary>
    public void Close()
    {
        lock (small)
        {
            closed = true;
            Monitor.Pulse(small);
        }
    }

    /// <summary>Waits for an operation; null once the backlog is closed and empty.</summary>
    public WriteOperation? Take()
    {
        lock (small)
        {
            while (true)
            {
                if (small.TryDequeue(out var operation) || bulk.TryDequeue(out operation))
                {
                    return operation;
                }

                if (closed)
                {
                    return null;
                }

                Monitor.Wait(small);
            }
        }
    }

    /// <summary>Takes an operation if there is one.</summary>
    public WriteOperation? TryTake(bool bulkToo)
    {
        lock (small)
        {
            return small.TryDequeue(out var operation) || (bulkToo && bulk.TryDequeue(out operation)) ? operation : null;
        }
    }

    /// <summary>Takes a large operation if there is one.</summary>
    public WriteOperation? TryTakeBulk()
    {
        lock (small)
        {
            return bulk.TryDequeue(out var operation) ? operation : null;
        }
    }
}
