namespace ServerlessSocial.Platform.Documents;

/// <summary>Declares a container once, for both stores and for <c>infra/</c>.</summary>
/// <param name="Name">Container name, lower case.</param>
/// <param name="PartitionKeyPath">JSON path of the partition key, such as <c>/authorId</c>.</param>
public sealed record ContainerDefinition(string Name, string PartitionKeyPath)
{
    /// <summary>Seconds after the last write at which documents are removed; null keeps them unless a document says otherwise.</summary>
    public int? DefaultTimeToLive { get; init; }

    /// <summary>Whether a function follows the container's change feed.</summary>
    public bool ChangeFeed { get; init; }

    /// <summary>Another order than that of ids in which a partition can be listed; null for none. Every write pays for its index.</summary>
    public DocumentOrder? Order { get; init; }

    /// <summary>Whether its documents are found by what they say: see <see cref="ISearchable"/>. Every write pays for its index.</summary>
    public bool Searchable { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>
/// An order in which documents of a partition can be listed besides that of their ids: by a text property of theirs, which no two documents of a partition
/// and group share. Documents that lack it are not listed.
/// </summary>
/// <param name="By">Name of the property, as it is stored.</param>
/// <param name="Group">Name of a text property whose values divide a partition into lists; null where a partition is one list.</param>
public sealed record DocumentOrder(string By, string? Group = null)
{
    /// <summary>The properties that are indexed for it.</summary>
    public IReadOnlyList<string> Properties { get; } = Group is null ? [By] : [Group, By];
}
