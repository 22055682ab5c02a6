using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Media;

/// <summary>
/// Who may upload when, in one process: one upload of an account at a time, and as many of all together as there is room for bodies in memory. Whoever
/// waits or is refused has not had its body read. So one account cannot keep the others out, and no number of uploads fills the memory.
/// </summary>
public sealed class UploadTurns
{
    /// <summary>Uploads whose bodies may be in memory at once: 128 MiB at 8 MiB each.</summary>
    public const int MaxHeld = 16;

    /// <summary>Uploads of one account that may wait for the one before: a client may send the pictures of a post all at once, and again.</summary>
    public const int MaxWaiting = 7;

    /// <summary>Most pictures take less.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();

    /// <summary>Accounts with an upload under way, and those of their uploads that wait for it, the first one first.</summary>
    private readonly Dictionary<string, LinkedList<TaskCompletionSource>> lines = new(StringComparer.Ordinal);

    private int held;

    /// <summary>Waits for the account's turn.</summary>
    /// <param name="accountId">Who uploads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The turn, to be disposed when the upload is over; or <see cref="TooManyUploads"/> or <see cref="Busy"/>.</returns>
    public async Task<Outcome<UploadTurn>> TakeAsync(string accountId, CancellationToken cancellationToken)
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!lines.TryGetValue(accountId, out var line))
            {
                lines.Add(accountId, []);
                called.SetResult();
            }
            else if (line.Count >= MaxWaiting)
            {
                return new TooManyUploads(Pause);
            }
            else
            {
                line.AddLast(called);
            }
        }

        try
        {
            await called.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(accountId, called);
            throw;
        }

        if (Interlocked.Increment(ref held) > MaxHeld)
        {
            Release(accountId);
            return new Busy(Pause);
        }

        return new UploadTurn(this, accountId);
    }

    /// <summary>The upload is over: the account's next one may come.</summary>
    internal void Release(string accountId)
    {
        Interlocked.Decrement(ref held);
        lock (gate)
        {
            CallNext(accountId);
        }
    }

    private void Leave(string accountId, TaskCompletionSource waiting)
    {
        lock (gate)
        {
            // Called and gone in the same moment: the turn goes on to the next.
            if (!lines[accountId].Remove(waiting))
            {
                CallNext(accountId);
            }
        }
    }

    private void CallNext(string accountId)
    {
        var line = lines[accountId];
        if (line.First is not { } first)
        {
            lines.Remove(accountId);
            return;
        }

        line.RemoveFirst();
        first.Value.SetResult();
    }
}

/// <summary>Leave to read an upload's body and to work at it, until it is disposed.</summary>
public sealed class UploadTurn : IDisposable
{
    private readonly string accountId;
    private UploadTurns? turns;

    internal UploadTurn(UploadTurns turns, string accountId) => (this.turns, this.accountId) = (turns, accountId);

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref turns, null)?.Release(accountId);
}
