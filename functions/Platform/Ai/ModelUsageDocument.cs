using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Platform.Ai;

/// <summary>The model tokens that were spent for one person on one day (UTC). It stands beside the person's counters, and goes after two days.</summary>
[PersonalData(Belongs.ToProfile)]
public sealed record ModelUsageDocument : Document, IDocument<ModelUsageDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container => StatsDocument.Container;

    /// <summary>Profile they were spent for.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Tokens, sent and received.</summary>
    public long Tokens { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => SubjectId;

    /// <summary>Id of the document of a day.</summary>
    public static string IdOf(DateTimeOffset moment) => $"model-tokens:{UtcDay.NameOf(moment)}";

    /// <summary>The document of a day on which nothing has been spent yet.</summary>
    /// <param name="personId">Profile.</param>
    /// <param name="id">The day, as <see cref="IdOf"/> names it.</param>
    public static ModelUsageDocument Of(string personId, string id) => new() { Id = id, SubjectId = personId, Ttl = 2 * 24 * 60 * 60 };
}
