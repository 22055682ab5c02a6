using System.Text.Json.Serialization;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Images;

/// <summary>How far an image job has come, as it is stored; that it is being worked on right now stands in <see cref="ImageRunDocument"/>.</summary>
public enum ImageJobState
{
    /// <summary>It is still to be made.</summary>
    Queued,

    /// <summary>The picture is there.</summary>
    Done,

    /// <summary>The picture will not be made, because of what it was to show.</summary>
    Refused,

    /// <summary>The picture could not be made.</summary>
    Failed,
}

/// <summary>In which manner a picture is drawn.</summary>
public enum ImageStyle
{
    /// <summary>Like a photograph.</summary>
    [StandsForUnknown]
    Photo,

    /// <summary>Like a watercolour.</summary>
    Watercolor,

    /// <summary>Pixel art.</summary>
    Pixel,

    /// <summary>A line drawing.</summary>
    Line,
}

/// <summary>A person's request for a picture. The picture it becomes has the same uuid: whoever repeats a step finds what is there already.</summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseImages))]
public sealed record ImageJobDocument : PipelineDocument, IDocument<ImageJobDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("images", "/ownerId") { ChangeFeed = true };

    /// <summary>Profile that asked.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What to draw, normalised.</summary>
    public required string Prompt { get; init; }

    /// <summary>What the picture shall show, for those who do not see it; null for none. It goes to the picture as soon as there is one.</summary>
    public string? Alt { get; init; }

    /// <summary>In which manner; null leaves it to the model.</summary>
    public ImageStyle? Style { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>How far it has come.</summary>
    public ImageJobState State { get; init; }

    /// <summary>Why there is no picture, in a sentence for the person who asked.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came to rest; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Id of the picture it becomes.</summary>
    [JsonIgnore]
    public string MediaId => OwnedIds.Make(Id, OwnerId);
}
