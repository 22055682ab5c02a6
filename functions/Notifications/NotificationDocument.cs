using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Notifications;

/// <summary>What a notification tells of.</summary>
public enum NotificationKind
{
    /// <summary>Somebody follows one now.</summary>
    Follow,

    /// <summary>Somebody likes one's post.</summary>
    Like,

    /// <summary>Somebody passed one's post on.</summary>
    Boost,

    /// <summary>Somebody answered one's post.</summary>
    Reply,

    /// <summary>Somebody mentioned one.</summary>
    Mention,

    /// <summary>Somebody quoted one's post.</summary>
    Quote,

    /// <summary>An image one asked for is ready, or was not made.</summary>
    Image,

    /// <summary>One's post, profile or picture was limited, held, removed, or released again; or something was decided about one's account.</summary>
    Moderation,

    /// <summary>Somebody asks to follow one, whose profile is locked.</summary>
    FollowRequest,

    /// <summary>Somebody lets one follow, as one asked.</summary>
    FollowAccepted,

    /// <summary>What one reported was decided.</summary>
    Report,

    /// <summary>A post one had scheduled could not be published.</summary>
    Scheduled,

    /// <summary>One's poll, or one that one voted in, is closed.</summary>
    Poll,
}

/// <summary>Somebody who did what a notification tells of.</summary>
/// <param name="ActorId">Profile that did it.</param>
/// <param name="EventId">Time-ordered id of when it first did.</param>
public sealed record NotifiedAct(string ActorId, string EventId);

/// <summary>
/// Tells a profile of something: one event, or, of likes, boosts, follows and requests to follow, all of one kind about the same thing that began on the same
/// day (UTC). The id is deterministic, so that telling twice tells once and it can be withdrawn; the list is in the order of <see cref="LatestId"/>, so that a
/// notification stands in it once however much it tells of.
/// </summary>
[PersonalData(Belongs.ToProfile, Because = "What was told to others is withdrawn by whoever undoes what it told of.")]
public sealed record NotificationDocument : Document, IDocument<NotificationDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("notifications", "/ownerId") { DefaultTimeToLive = 90 * 24 * 60 * 60, Order = new("latestId") };

    /// <summary>Profile that is told.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What it is about.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>Profile that did it, of a group the last that did; null when nobody did.</summary>
    public string? ActorId { get; init; }

    /// <summary>Post it is about: the owner's own for likes and boosts, the other's for replies, mentions and quotes.</summary>
    public string? PostId { get; init; }

    /// <summary>Image job it is about.</summary>
    public string? ImageId { get; init; }

    /// <summary>A sentence for the owner, where the kind alone does not say it.</summary>
    public string? Text { get; init; }

    /// <summary>When it happened; of a group, the last of it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Its place in the list and its name for clients: <see cref="IdOf"/> of its newest event. Left out, and so in no list, when everything it told of was taken back.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LatestId { get; init; }

    /// <summary>Of a group: who did it last, each once, newest first, at most <see cref="NotificationGroup.MostKept"/>.</summary>
    public IReadOnlyList<NotifiedAct> Acts { get; init; } = [];

    /// <summary>Of a group: how many more did it before those in <see cref="Acts"/>; some may have taken it back.</summary>
    public int Earlier { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? OrderKey => LatestId;

    /// <summary>Everybody it names.</summary>
    [JsonIgnore]
    public IEnumerable<string> ActorIds => Acts.Count > 0 ? Acts.Select(act => act.ActorId) : ActorId is { } actorId ? [actorId] : [];

    /// <summary>Id of the notification of an event.</summary>
    /// <param name="eventId">Time-ordered id of what happened.</param>
    /// <param name="kind">What it tells: one event (a post) can tell one profile several things.</param>
    public static string IdOf(string eventId, NotificationKind kind) => $"{eventId}:{kind}";

    /// <summary>A part of somebody's list: everything behind one notification, newest first.</summary>
    /// <param name="ownerId">Whose list.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    public static DocumentQuery NewestFirst(string ownerId, int limit) => new(ownerId, limit) { IsOrdered = true, Descending = true };
}
