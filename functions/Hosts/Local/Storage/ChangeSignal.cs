namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>Knows the newest change of one container and wakes those who wait for a newer one.</summary>
internal sealed class ChangeSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long newest;

    /// <summary>Sequence number of the newest change, whether its document is still there or not.</summary>
    public long Newest => Volatile.Read(ref newest);

    /// <summary>Tells of a committed change.</summary>
    public void Advance(long sequence)
    {
        lock (gate)
        {
            if (sequence <= newest)
            {
                return;
            }

            Volatile.Write(ref newest, sequence);
            next.SetResult();
            next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Completes as soon as there is a change after the given one.</summary>
    public Task AfterAsync(long sequence, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return newest > sequence ? Task.CompletedTask : next.Task.WaitAsync(cancellationToken);
        }
    }
}
