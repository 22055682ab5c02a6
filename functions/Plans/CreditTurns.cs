namespace ServerlessSocial.Plans;

/// <summary>
/// Lets one change of a person's credits at a time go to the store, in one process: a hundred calls at once would else each find the document changed by
/// another. Between processes its ETag decides.
/// </summary>
public sealed class CreditTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Line> lines = new(StringComparer.Ordinal);

    /// <summary>Does something in the person's turn.</summary>
    public async ValueTask<T> InTurnAsync<T>(string ownerId, Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var line = Join(ownerId);
        try
        {
            await line.Turn.WaitAsync(cancellationToken);
            try
            {
                return await work();
            }
            finally
            {
                line.Turn.Release();
            }
        }
        finally
        {
            Leave(ownerId, line);
        }
    }

    private Line Join(string ownerId)
    {
        lock (gate)
        {
            if (!lines.TryGetValue(ownerId, out var line))
            {
                lines.Add(ownerId, line = new());
            }

            line.Length++;
            return line;
        }
    }

    private void Leave(string ownerId, Line line)
    {
        lock (gate)
        {
            if (--line.Length == 0)
            {
                lines.Remove(ownerId);
                line.Turn.Dispose();
            }
        }
    }

    private sealed class Line
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public int Length { get; set; }
    }
}
