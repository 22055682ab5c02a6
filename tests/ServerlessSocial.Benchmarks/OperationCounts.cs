namespace ServerlessSocial.Benchmarks;

/// <summary>What an operation asks of the document store and the queues.</summary>
/// <param name="PointReads">Documents read by partition and id, one by one; also creates that found the id taken.</param>
/// <param name="Queries">Queries of one partition.</param>
/// <param name="Listed">Documents that queries returned.</param>
/// <param name="ReadManys">Batched reads, whatever containers they name.</param>
/// <param name="Loaded">Documents that batched reads returned.</param>
/// <param name="Creates">Documents that were not there before.</param>
/// <param name="Replaces">Documents written over others.</param>
/// <param name="Deletes">Documents deleted.</param>
/// <param name="Misses">Deletes of what was not there.</param>
/// <param name="Tallies">Facts counted: mark and counter in one batch.</param>
/// <param name="Changes">Documents written in containers whose change feed is followed.</param>
/// <param name="Messages">Messages sent to queues.</param>
public sealed record OperationCounts(
    int PointReads, int Queries, int Listed, int ReadManys, int Loaded, int Creates, int Replaces, int Deletes, int Misses, int Tallies, int Changes, int Messages)
{
    /// <summary>Nothing at all.</summary>
    public static OperationCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The counts in the order of the table's columns.</summary>
    public IReadOnlyList<int> Values => [PointReads, Queries, Listed, ReadManys, Loaded, Creates, Replaces, Deletes, Misses, Tallies, Changes, Messages];

    /// <summary>Both together.</summary>
    public static OperationCounts operator +(OperationCounts a, OperationCounts b) => Of([.. a.Values.Zip(b.Values, (x, y) => x + y)]);

    /// <summary>Counts in the order of the table's columns.</summary>
    public static OperationCounts Of(IReadOnlyList<int> values) => new(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8], values[9], values[10], values[11]);

    /// <summary>Each count divided and rounded to the nearest.</summary>
    public OperationCounts DividedBy(int parts) => Of([.. Values.Select(value => (value + (parts / 2)) / parts)]);

    /// <summary>How much more this is than another, each count by itself.</summary>
    public OperationCounts Less(OperationCounts other) => Of([.. Values.Zip(other.Values, (x, y) => Math.Max(0, x - y))]);

    /// <summary>Whether no count is above its budget.</summary>
    public bool IsWithin(OperationCounts budget) => Values.Zip(budget.Values).All(pair => pair.First <= pair.Second);

    /// <summary>The row of the table.</summary>
    public string ToRow(string operation) => $"| {operation} | {string.Join(" | ", Values)} |";
}
