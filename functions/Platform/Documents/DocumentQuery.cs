namespace ServerlessSocial.Platform.Documents;

/// <summary>Asks for documents of one partition whose ids lie in a range, in the order of their ids (ordinal).</summary>
/// <param name="PartitionKey">The partition.</param>
/// <param name="Limit">At most so many documents, 1 to 1,000.</param>
public sealed record DocumentQuery(string PartitionKey, int Limit)
{
    /// <summary>Lowest id, itself included; null has no lower end.</summary>
    public string? From { get; init; }

    /// <summary>Highest id, itself excluded; null has no upper end.</summary>
    public string? To { get; init; }

    /// <summary>Highest id first.</summary>
    public bool Descending { get; init; }

    /// <summary>Lists by <see cref="ContainerDefinition.Order"/>: whatever else is said of ids is then said of <see cref="Document.OrderKey"/>.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The group that is listed, where the order has groups.</summary>
    public string? Group { get; init; }

    /// <summary>Limits the range to what lies behind an id in reading order, the id itself excluded. Null changes nothing.</summary>
    public DocumentQuery After(string? id) => id switch
    {
        null => this,
        _ when Descending => this with { To = Lower(To, id) },
        _ => this with { From = Higher(From, id + '\u0001') },
    };

    /// <summary>Limits the range to ids that begin with a prefix.</summary>
    public DocumentQuery WithPrefix(string prefix) =>
        this with { From = prefix, To = prefix[..^1] + (char)(prefix[^1] + 1) };

    private static string Lower(string? a, string b) => a is null || string.CompareOrdinal(b, a) < 0 ? b : a;

    private static string Higher(string? a, string b) => a is null || string.CompareOrdinal(b, a) > 0 ? b : a;
}

/// <summary>Some documents, and whether there are more behind them.</summary>
/// <param name="Items">Documents in reading order.</param>
/// <param name="HasMore">Whether the range holds more behind the last one.</param>
/// <param name="IsOrdered">Whether they are in another order than that of their ids: <see cref="DocumentQuery.IsOrdered"/>.</param>
public sealed record DocumentPage<T>(IReadOnlyList<T> Items, bool HasMore, bool IsOrdered = false)
    where T : Document
{
    /// <summary>Id or key to continue after, or null at the end.</summary>
    public string? Next => HasMore && Items.Count > 0 ? PositionOf(Items[^1]) : null;

    /// <summary>Where a document stands in the list: its id, or its key in another order.</summary>
    public string PositionOf(T item) => IsOrdered ? item.OrderKey! : item.Id;
}
