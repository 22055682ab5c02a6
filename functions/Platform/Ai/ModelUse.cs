namespace ServerlessSocial.Platform.Ai;

/// <summary>
/// Counts what calls of models take, as their answers report it and by the configured prices, from here until it is disposed and in all that is called
/// meanwhile.
/// </summary>
public sealed class ModelUse : IDisposable
{
    private static readonly AsyncLocal<ModelUse?> Current = new();

    private readonly Lock gate = new();
    private readonly ModelUse? outer = Current.Value;
    private long input;
    private long output;
    private double dollars;

    private ModelUse()
    {
    }

    /// <summary>Tokens sent so far.</summary>
    public long Input => Read(() => input);

    /// <summary>Tokens received so far.</summary>
    public long Output => Read(() => output);

    /// <summary>Tokens so far, sent and received.</summary>
    public long Tokens => Read(() => input + output);

    /// <summary>US dollars so far; 0 where no prices are configured.</summary>
    public double Dollars => Read(() => dollars);

    /// <summary>Begins to count.</summary>
    public static ModelUse Count() => Current.Value = new();

    /// <inheritdoc/>
    public void Dispose() => Current.Value = outer;

    internal static void Add(long input, long output, double dollars)
    {
        for (var counting = Current.Value; counting is not null; counting = counting.outer)
        {
            lock (counting.gate)
            {
                counting.input += input;
                counting.output += output;
                counting.dollars += dollars;
            }
        }
    }

    private T Read<T>(Func<T> value)
    {
        lock (gate)
        {
            return value();
        }
    }
}
