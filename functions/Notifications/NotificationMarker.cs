using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Notifications;

/// <summary>
/// Up to where a profile has read its notifications. It lives as long as they do: what it spoke of is gone when it goes.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record NotificationMarker : Document, IDocument<NotificationMarker>
{
    /// <summary>Id of the marker within its partition; outside the range of notification ids.</summary>
    public const string MarkerId = "marker";

    /// <inheritdoc/>
    public static ContainerDefinition Container => NotificationDocument.Container;

    /// <summary>Profile whose notifications they are.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Whatever has this id or a lower one has been read.</summary>
    public required string UpTo { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>The upper end of everything told up to a moment.</summary>
    public static string At(DateTimeOffset moment) => Ids.Lowest(moment) + Ids.End;

    /// <summary>Whether a notification has been read.</summary>
    /// <param name="marker">The owner's marker; null when nothing was ever read.</param>
    /// <param name="notificationId">Id of the notification.</param>
    public static bool Covers(NotificationMarker? marker, string notificationId) =>
        marker is not null && string.CompareOrdinal(notificationId, marker.UpTo) <= 0;
}
