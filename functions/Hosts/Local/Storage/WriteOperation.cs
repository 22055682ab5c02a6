using Microsoft.Data.Sqlite;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>One caller's share of a group commit.</summary>
internal abstract class WriteOperation
{
    /// <summary>What went wrong, if anything did.</summary>
    public Exception? Error { get; set; }

    /// <summary>Writes, on the writer's thread and inside its transaction.</summary>
    public abstract void Execute(SqliteSession session);

    /// <summary>Runs on the writer's thread once the transaction is durable and before anybody is told.</summary>
    public abstract void Committed();

    /// <summary>Tells the caller.</summary>
    public abstract void Complete();
}

/// <summary>An operation given as functions.</summary>
/// <param name="execute">Writes and returns what the caller gets.</param>
/// <param name="committed">Runs between commit and acknowledgement.</param>
internal sealed class WriteOperation<T>(Func<SqliteSession, T> execute, Action<T>? committed) : WriteOperation
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    /// <summary>Completes after the commit.</summary>
    public Task<T> Task => completion.Task;

    /// <inheritdoc/>
    public override void Execute(SqliteSession session) => result = execute(session);

    /// <inheritdoc/>
    public override void Committed() => committed?.Invoke(result!);

    /// <inheritdoc/>
    public override void Complete()
    {
        if (Error is null)
        {
            completion.SetResult(result!);
        }
        else
        {
            completion.SetException(Error is SqliteException ? StorageException.Of("The data directory", Error) : Error);
        }
    }
}
