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

/// <summary>
/// Tells a profile of something. The id is deterministic: <c>{event id}.{actor id}</c> where the event id is the time-ordered id of what
/// happened, so that telling twice tells once and it can be withdrawn.
/// </summary>
[PersonalData(Belongs.ToProfile, Because = "What was told to others is withdrawn by whoever undoes what it told of.")]
public sealed record NotificationDocument : Document, IDocument<NotificationDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("notifications", "/ownerId") { DefaultTimeToLive = 90 * 24 * 60 * 60 };

    /// <summary>Profile that is told.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What it is about.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>Profile that did it; null when nobody did.</summary>
    public string? ActorId { get; init; }

    /// <summary>Post it is about: the owner's own for likes and boosts, the other's for replies, mentions and quotes.</summary>
    public string? PostId { get; init; }

    /// <summary>Image job it is about.</summary>
    public string? ImageId { get; init; }

    /// <summary>A sentence for the owner, where the kind alone does not say it.</summary>
    public string? Text { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Id of the notification of an event.</summary>
    /// <param name="eventId">Time-ordered id of what happened.</param>
    /// <param name="kind">What it tells: one event (a post) can tell one profile several things.</param>
    public static string IdOf(string eventId, NotificationKind kind) => $"{eventId}:{kind}";
}
