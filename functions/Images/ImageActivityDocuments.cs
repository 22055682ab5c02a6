using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Images;

/// <summary>
/// Says that somebody is drawing a job's picture right now. It is apart from the job, because every write of the job is dispatched as work,
/// and so that the same job is not drawn, and paid for, twice at the same time.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record ImageRunDocument : Document, IDocument<ImageRunDocument>
{
    /// <summary>Not in the container of the jobs: the change feed of a container holds documents of one type.</summary>
    public static ContainerDefinition Container { get; } = new("image-activity", "/ownerId") { DefaultTimeToLive = 2 * 24 * 60 * 60 };

    /// <summary>Profile that asked.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Whose run it is: random, new for each.</summary>
    public required string Token { get; init; }

    /// <summary>Until when the run is taken to be alive.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Id of the run of a job.</summary>
    public static string IdOf(string jobId) => $"run:{jobId}";
}
