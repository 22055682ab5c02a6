namespace ServerlessSocial.Benchmarks;

/// <summary>What an operation asks of the document store and the queues.</summary>
/// <param name="PointReads">Documents read by partition and id, one by one.</param>
/// <param name="Queries">Queries of one partition.</param>
/// <param name="ReadManys">Batched reads, whatever containers they name.</param>
/// <param name="Documents">Documents that queries and batched reads returned.</param>
/// <param name="Writes">Documents created, replaced or upserted.</param>
/// <param name="Deletes">Documents deleted, also those that were not there.</param>
/// <param name="Tallies">Facts counted: mark and counter in one batch.</param>
/// <param name="Messages">Messages sent to queues.</param>
public sealed record OperationCounts(int PointReads, int Queries, int ReadManys, int Documents, int Writes, int Deletes, int Tallies, int Messages)
{
    /// <summary>Nothing at all.</summary>
    public static OperationCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The counts in the order of the README's columns.</summary>
    public IReadOnlyList<int> Values => [PointReads, Queries, ReadManys, Documents, Writes, Deletes, Tallies, Messages];

    /// <summary>Both together.</summary>
    public static OperationCounts operator +(OperationCounts a, OperationCounts b) => Of([.. a.Values.Zip(b.Values, (x, y) => x + y)]);

    /// <summary>Counts in the order of the README's columns.</summary>
    public static OperationCounts Of(IReadOnlyList<int> values) =>
        new(values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);

    /// <summary>Each count divided and rounded to the nearest.</summary>
    public OperationCounts DividedBy(int parts) => Of([.. Values.Select(value => (value + (parts / 2)) / parts)]);

    /// <summary>How much more this is than another, each count by itself.</summary>
    public OperationCounts Less(OperationCounts other) => Of([.. Values.Zip(other.Values, (x, y) => Math.Max(0, x - y))]);

    /// <summary>Whether no count is above its budget.</summary>
    public bool IsWithin(OperationCounts budget) => Values.Zip(budget.Values).All(pair => pair.First <= pair.Second);

    /// <summary>The row of the README's table.</summary>
    public string ToRow(string operation) => $"| {operation} | {string.Join(" | ", Values)} |";
}
