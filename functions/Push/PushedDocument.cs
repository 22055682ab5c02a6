using System.Text.Json.Serialization;
using ServerlessSocial.Filters;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Push;

/// <summary>
/// How much of a notification has been pushed. It lives longer than a notification is news, so that one that shrinks afterwards does not pass for new.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record PushedDocument : Document, IDocument<PushedDocument>
{
    /// <summary>Seconds after which nothing of a notification is pushed any more, and more.</summary>
    public const int Seconds = 3 * 24 * 60 * 60;

    /// <inheritdoc/>
    public static ContainerDefinition Container => FiltersDocument.Container;

    /// <summary>Profile that was told.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Id of the newest event that was pushed.</summary>
    public required string LatestId { get; init; }

    /// <summary>When it was pushed for the first time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Ids of the subscriptions that have no need of it any more: those it was delivered to, and those whose service would not have it.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Id of what is known of a notification's document.</summary>
    public static string IdOf(string notificationId) => $"pushed:{notificationId}";

    /// <summary>Key of what is known of a notification's document.</summary>
    public static DocumentKey KeyOf(NotificationDocument told) => DocumentKey.Of<PushedDocument>(told.OwnerId, IdOf(told.Id));

    /// <summary>What is known once an event was pushed, whoever else was at it meanwhile. Pure.</summary>
    /// <param name="found">What was known; null for nothing.</param>
    /// <param name="told">The notification.</param>
    /// <param name="latestId">The event.</param>
    /// <param name="done">Subscriptions that have no need of it any more.</param>
    /// <param name="now">The time.</param>
    public static PushedDocument With(PushedDocument? found, NotificationDocument told, string latestId, IReadOnlyList<string> done, DateTimeOffset now) => found switch
    {
        { } newer when string.CompareOrdinal(newer.LatestId, latestId) > 0 => newer,
        { } same when same.LatestId == latestId => done.All(same.Done.Contains) ? same : same with { Done = [.. same.Done.Union(done, StringComparer.Ordinal)] },
        _ => new() { Id = IdOf(told.Id), OwnerId = told.OwnerId, LatestId = latestId, At = now, Done = done, Ttl = Seconds, ETag = found?.ETag, Revision = found?.Revision ?? 0 },
    };
}
