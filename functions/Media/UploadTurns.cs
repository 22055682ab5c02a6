using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Media;

/// <summary>
/// Who may upload when, in one process: one upload of an account at a time, so many of all together, and of those so many large bodies in memory. Whoever
/// waits or is refused has not had its body read, or no more than the beginning. So one account cannot keep the others out, and no number of uploads fills the memory.
/// </summary>
public sealed class UploadTurns(IOptions<UploadOptions> options) : IDisposable
{
    /// <summary>Uploads of one account that may wait for the one before: a client may send the pictures of a post all at once, and again.</summary>
    public const int MaxWaiting = 7;

    /// <summary>
    /// Large uploads after which what they left is collected. Each leaves the file that was written, of some megabytes, among the runtime's large objects,
    /// which by itself it lets pile up as long as the machine has memory.
    /// </summary>
    private const int LargeBetweenCollections = 2;

    /// <summary>Most pictures take less.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();

    /// <summary>Accounts with an upload under way, and those of their uploads that wait for it, the first one first.</summary>
    private readonly Dictionary<string, LinkedList<TaskCompletionSource>> lines = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim room = new(options.Value.MostLarge);

    private int underWay;
    private int largeDone;

    /// <summary>Waits for the account's turn.</summary>
    /// <param name="accountId">Who uploads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The turn, to be disposed when the upload is over; or <see cref="TooManyUploads"/> or <see cref="NoRoomForUploads"/>.</returns>
    public async Task<Outcome<UploadTurn>> TakeAsync(string accountId, CancellationToken cancellationToken)
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            var isFirst = !lines.TryGetValue(accountId, out var line);
            if (line?.Count >= MaxWaiting)
            {
                return new TooManyUploads(Pause);
            }

            if (underWay >= options.Value.MostAtOnce)
            {
                return new NoRoomForUploads(Pause);
            }

            underWay++;
            if (isFirst)
            {
                lines.Add(accountId, []);
                called.SetResult();
            }
            else
            {
                line!.AddLast(called);
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

        return new UploadTurn(this, accountId);
    }

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();

    /// <summary>Waits for room for a large body.</summary>
    /// <returns>Null when there is; else the error to answer with.</returns>
    internal async ValueTask<Error?> MakeRoomAsync(CancellationToken cancellationToken) =>
        await room.WaitAsync(options.Value.Patience, cancellationToken) ? null : new NoRoomForUploads(Pause);

    /// <summary>The upload is over: the account's next one may come.</summary>
    internal void Release(string accountId, bool hadRoom)
    {
        if (hadRoom)
        {
            room.Release();
            if (Interlocked.Increment(ref largeDone) % LargeBetweenCollections == 0)
            {
                // In the background, beside the requests.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
            }
        }

        lock (gate)
        {
            underWay--;
            CallNext(accountId);
        }
    }

    private void Leave(string accountId, TaskCompletionSource waiting)
    {
        lock (gate)
        {
            underWay--;

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
    private bool hasRoom;

    internal UploadTurn(UploadTurns turns, string accountId) => (this.turns, this.accountId) = (turns, accountId);

    /// <summary>Waits until there is room for a large body.</summary>
    /// <returns>Null when there is; <see cref="NoRoomForUploads"/> if there was none for too long.</returns>
    public async ValueTask<Error?> MakeRoomAsync(CancellationToken cancellationToken)
    {
        var refused = await turns!.MakeRoomAsync(cancellationToken);
        hasRoom = refused is null;
        return refused;
    }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref turns, null)?.Release(accountId, hasRoom);
}
