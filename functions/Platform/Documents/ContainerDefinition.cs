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

    /// <inheritdoc/>
    public override string ToString() => Name;
}
