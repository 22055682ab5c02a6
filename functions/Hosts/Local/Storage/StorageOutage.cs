namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Waits while the storage cannot be written, most often because the disk is full: what has been acknowledged is on it, and whoever carries that out goes on as
/// soon as there is room. Says so at most once a minute, for all who wait.
/// </summary>
internal sealed partial class StorageOutage(TimeProvider time, ILogger<StorageOutage> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);
    private long told = long.MinValue;

    /// <summary>Does something, again and again until the storage can.</summary>
    /// <param name="work">What is done; it may be repeated.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<T> WaitOutAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (StorageException exception) when (!cancellationToken.IsCancellationRequested)
            {
                Tell(exception);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <inheritdoc cref="WaitOutAsync{T}"/>
    public Task WaitOutAsync(Func<ValueTask> work, CancellationToken cancellationToken) => WaitOutAsync(
        async () =>
        {
            await work();
            return true;
        },
        cancellationToken);

    private void Tell(StorageException exception)
    {
        var (last, now) = (Interlocked.Read(ref told), time.GetTimestamp());
        if ((last == long.MinValue || time.GetElapsedTime(last, now) >= Silence) && Interlocked.CompareExchange(ref told, now, last) == last)
        {
            Waiting(log, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing is carried out for the moment. {Trouble}")]
    private static partial void Waiting(ILogger log, string trouble);
}
