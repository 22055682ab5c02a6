namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>Wakes everybody who waits.</summary>
internal sealed class Signal
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next <see cref="Set"/>. Take it before looking, wait for it after finding nothing.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>Wakes everybody who waits.</summary>
    public void Set() => Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
