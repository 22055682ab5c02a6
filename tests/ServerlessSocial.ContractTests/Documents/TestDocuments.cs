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
