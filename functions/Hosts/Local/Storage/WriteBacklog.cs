namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>What waits for the writer: small operations first, large ones in between.</summary>
internal sealed class WriteBacklog
{
    private readonly Queue<WriteOperation> small = new();
    private readonly Queue<WriteOperation> bulk = new();
    private bool closed;
    private bool woken;

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

    /// <summary>Lets the writer look after other things than operations.</summary>
    public void Wake()
    {
        lock (small)
        {
            woken = true;
            Monitor.Pulse(small);
        }
    }

    /// <summary>Waits for an operation, or for <see cref="Wake"/>, which hands out null.</summary>
    /// <param name="holdBulk">Whether large operations must wait.</param>
    /// <param name="operation">The next operation.</param>
    /// <returns>False once the backlog is closed and empty.</returns>
    public bool Take(bool holdBulk, out WriteOperation? operation)
    {
        lock (small)
        {
            while (true)
            {
                if (small.TryDequeue(out operation) || ((closed || !holdBulk) && bulk.TryDequeue(out operation)))
                {
                    return true;
                }

                if (woken || closed)
                {
                    woken = false;
                    return !closed;
                }

                Monitor.Wait(small);
            }
        }
    }

    /// <summary>Takes a small operation if there is one.</summary>
    public WriteOperation? TryTakeSmall()
    {
        lock (small)
        {
            return small.TryDequeue(out var operation) ? operation : null;
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
