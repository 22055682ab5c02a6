using System.Text.Json.Serialization;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Push;

/// <summary>
/// A changed document of <c>notifications</c>, as far as dispatching takes it. Markers of what was read lie there, too, and come with the change feed: they have
/// no <see cref="LatestId"/>.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record NotificationChange : Document, IDocument<NotificationChange>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container => NotificationDocument.Container;

    /// <summary>Profile that is told.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What it is about; null in what is no notification.</summary>
    public NotificationKind? Kind { get; init; }

    /// <summary>When the newest of it happened.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Its newest event; null where there is nothing to tell.</summary>
    public string? LatestId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;
}
