using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Documents;

public enum NoteKind
{
    Plain,
    VeryImportant,
}

/// <summary>A document whose container has a change feed and keeps everything.</summary>
public sealed record NoteDocument : Document, IDocument<NoteDocument>
{
    public static ContainerDefinition Container { get; } = new("contract-notes", "/ownerId") { ChangeFeed = true, Order = new("text", "kind") };

    public required string OwnerId { get; init; }

    public string? Text { get; init; }

    public NoteKind Kind { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public DateTimeOffset? When { get; init; }

    public override string PartitionKey => OwnerId;

    public override string? OrderKey => Text;
}

/// <summary>A document whose container forgets after two seconds.</summary>
public sealed record FleetingDocument : Document, IDocument<FleetingDocument>
{
    public static ContainerDefinition Container { get; } = new("contract-fleeting", "/ownerId") { DefaultTimeToLive = 2 };

    public required string OwnerId { get; init; }

    public override string PartitionKey => OwnerId;
}

/// <summary>A second type in the container of <see cref="FleetingDocument"/>, kept longer by its own time to live.</summary>
public sealed record LastingDocument : Document, IDocument<LastingDocument>
{
    public static ContainerDefinition Container => FleetingDocument.Container;

    public required string OwnerId { get; init; }

    public int Weight { get; init; }

    public override string PartitionKey => OwnerId;
}

/// <summary>A document that is found by its words.</summary>
public sealed record LeafDocument : Document, IDocument<LeafDocument>, ISearchable
{
    public static ContainerDefinition Container { get; } = new("contract-leaves", "/ownerId") { Searchable = true };

    public required string OwnerId { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<string> Marks { get; init; } = [];

    public required long At { get; init; }

    public override string PartitionKey => OwnerId;
}

/// <summary>A document that has words in a container without an index.</summary>
public sealed record UnsearchableDocument : Document, IDocument<UnsearchableDocument>, ISearchable
{
    public static ContainerDefinition Container => FleetingDocument.Container;

    public string Text => string.Empty;

    public IReadOnlyList<string> Marks => [];

    public long At => 0;

    public override string PartitionKey => Id;
}
