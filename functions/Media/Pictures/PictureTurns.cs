namespace ServerlessSocial.Media.Pictures;

/// <summary>
/// How much is decoded at once: a few pictures, and of large ones one alone, which bounds the memory. Turns are given in the order in which they
/// were asked for, so that a large picture does not wait for ever behind small ones.
/// </summary>
/// <param name="atOnce">How many pictures at once.</param>
internal sealed class PictureTurns(int atOnce) : IDisposable
{
    private readonly SemaphoreSlim head = new(1);
    private readonly SemaphoreSlim free = new(atOnce);

    /// <summary>Waits until a picture may be decoded.</summary>
    /// <param name="pixels">Its pixels, of all frames together.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The turn; dispose it when the picture is done.</returns>
    public async Task<IDisposable> TakeAsync(long pixels, CancellationToken cancellationToken)
    {
        var wanted = pixels > PictureLimits.LargePixels ? atOnce : 1;
        var taken = 0;
        await head.WaitAsync(cancellationToken);
        try
        {
            for (; taken < wanted; taken++)
            {
                await free.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            if (taken > 0)
            {
                free.Release(taken);
            }

            throw;
        }
        finally
        {
            head.Release();
        }

        return new Turn(free, wanted);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        head.Dispose();
        free.Dispose();
    }

    private sealed class Turn(SemaphoreSlim free, int taken) : IDisposable
    {
        public void Dispose() => free.Release(taken);
    }
}
