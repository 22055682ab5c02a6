using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Notifications;

/// <summary>What a client shows as one notification: one event, or several of the same kind about the same thing.</summary>
/// <param name="Id">Id of the newest event in it, another one whenever it grows; good for <c>upTo</c>.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="Actors">Who did it, newest first, at most five; nobody for images, moderation and reports.</param>
/// <param name="Count">How many did it; beyond 30, some who took it back may still be counted.</param>
/// <param name="Text">A sentence, in German or English, by Accept-Language.</param>
/// <param name="TextCode">Names the sentence where the kind alone does not say it; left out elsewhere, and for a person's words.</param>
/// <param name="Post">The post it is about: one's own for likes, boosts and moderation (of a picture, the one it was in), the other's for replies, mentions and quotes.</param>
/// <param name="ImageId">The image job it is about.</param>
/// <param name="CreatedAt">When the newest of it happened.</param>
/// <param name="Read">Whether all of it has been read.</param>
public sealed record Notification(
    string Id,
    NotificationKind Kind,
    IReadOnlyList<ProfileCard> Actors,
    int Count,
    string Text,
    string? TextCode,
    Post? Post,
    string? ImageId,
    DateTimeOffset CreatedAt,
    bool Read);

/// <summary>A page of notifications.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Cursor of the next page; left out on the last one.</param>
/// <param name="Unread">How many notifications of all kinds have not been read, counted up to 100.</param>
public sealed record NotificationPage(IReadOnlyList<Notification> Items, string? Next, int Unread) : IListed;
