using System.Text.Json.Serialization;

namespace ServerlessSocial.Platform.Documents;

/// <summary>A stored JSON document: immutable in memory, replaced as a whole under its ETag.</summary>
public abstract record Document
{
    /// <summary>Identity within the partition; at most 255 characters, and ids that sort by time begin with a UUID version 7.</summary>
    public required string Id { get; init; }

    /// <summary>Counts the writes of this document: 1 when created, one more with every replace. Set by the store.</summary>
    public long Revision { get; init; }

    /// <summary>Version of the document's shape, for readers that meet older ones.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Seconds from the last write until the store removes the document; null keeps the container's default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Ttl { get; init; }

    /// <summary>Entity tag of the version read. Set by the store; a replace succeeds only if it still holds.</summary>
    [JsonPropertyName("_etag"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ETag { get; init; }

    /// <summary>Value of the property by which <see cref="ContainerDefinition.Order"/> lists; null where there is none.</summary>
    [JsonIgnore]
    public virtual string? OrderKey => null;

    /// <summary>Value of the property that <see cref="ContainerDefinition.PartitionKeyPath"/> names.</summary>
    [JsonIgnore]
    public abstract string PartitionKey { get; }
}

/// <summary>Binds a document type to the container it lives in.</summary>
/// <typeparam name="TSelf">The document type itself.</typeparam>
public interface IDocument<TSelf>
    where TSelf : Document, IDocument<TSelf>
{
    /// <summary>The container of every document of this type; several types may share one.</summary>
    static abstract ContainerDefinition Container { get; }
}

/// <summary>A document whose state asks for work: its changes are dispatched to queues until nothing is left to do.</summary>
public abstract record PipelineDocument : Document
{
    /// <summary>
    /// When the present chain of work began. Whoever starts work by a write sets it; workers leave it alone. Not required, because documents from before
    /// their kind had a pipeline lack it.
    /// </summary>
    public DateTimeOffset WorkSince { get; init; }

    /// <summary>W3C trace context of the write that started the work, so that one trace spans request and workers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }
}
