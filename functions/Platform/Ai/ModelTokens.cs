namespace ServerlessSocial.Platform.Ai;

/// <summary>Counts the tokens that calls of models take, as their answers report them, from here until it is disposed and in all that is called meanwhile.</summary>
public sealed class ModelTokens : IDisposable
{
    private static readonly AsyncLocal<ModelTokens?> Current = new();

    private readonly ModelTokens? outer = Current.Value;
    private long total;

    private ModelTokens()
    {
    }

    /// <summary>Tokens so far, sent and received.</summary>
    public long Total => Interlocked.Read(ref total);

    /// <summary>Begins to count.</summary>
    public static ModelTokens Count() => Current.Value = new();

    /// <inheritdoc/>
    public void Dispose() => Current.Value = outer;

    internal static void Add(long tokens)
    {
        for (var counting = Current.Value; counting is not null; counting = counting.outer)
        {
            Interlocked.Add(ref counting.total, tokens);
        }
    }
}
