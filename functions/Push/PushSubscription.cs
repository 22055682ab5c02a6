using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Push;

/// <summary>Where a browser or device of one's own is told of notifications.</summary>
/// <param name="Id">Subscription id; the same endpoint has the same.</param>
/// <param name="Endpoint">Address at the push service.</param>
/// <param name="Kinds">What is pushed there; left out, everything.</param>
/// <param name="CreatedAt">Since when.</param>
[Example("""{ "id": "5d0c6c1e0b8f4f0a9f4f2f7a1c3e5b79", "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/gAAAA", "kinds": ["reply", "mention"], "createdAt": "2026-11-22T10:15:00.000Z" }""")]
public sealed record PushSubscription(string Id, string Endpoint, IReadOnlyList<NotificationKind>? Kinds, DateTimeOffset CreatedAt)
{
    internal static PushSubscription Of(StoredPushSubscription stored) => new(stored.Id, stored.Endpoint, stored.Kinds, stored.CreatedAt);
}

/// <summary>What a browser needs to subscribe, and what is subscribed.</summary>
/// <param name="PublicKey">The service's key for Web Push (VAPID), base64url: <c>applicationServerKey</c> of <c>pushManager.subscribe</c>. It does not change.</param>
/// <param name="Subscriptions">One's subscriptions, the oldest first, at most 10.</param>
public sealed record PushSettings(string PublicKey, IReadOnlyList<PushSubscription> Subscriptions);

/// <summary>Keys of a subscription, made by the browser.</summary>
/// <param name="P256dh">Its public key: an uncompressed point of P-256, 65 bytes, base64url.</param>
/// <param name="Auth">Its secret: 16 bytes, base64url.</param>
public sealed record PushKeys([property: Required] string? P256dh = null, [property: Required] string? Auth = null);

/// <summary>A subscription to be kept: what a browser's <c>PushSubscription.toJSON()</c> says, and what is to be pushed.</summary>
/// <param name="Endpoint">Address at the push service: https, at most 1,024 characters, on the public internet.</param>
/// <param name="Keys">The browser's keys, with which everything that is pushed is encrypted.</param>
/// <param name="Kinds">Which notifications are pushed; left out, all of them.</param>
/// <param name="ExpirationTime">Browsers say it; it makes no difference, because push services tell of a subscription that has ended.</param>
[Example("""{ "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/gAAAA", "keys": { "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "BTBZMqHH6r4Tts7J_aSIgg" }, "kinds": ["reply", "mention"] }""")]
public sealed record NewPushSubscription(
    [property: Required] string? Endpoint = null,
    [property: Required] PushKeys? Keys = null,
    IReadOnlyList<NotificationKind>? Kinds = null,
    double? ExpirationTime = null);
