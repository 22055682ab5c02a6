using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Live;

/// <summary>The data of a server-sent event.</summary>
/// <param name="Notification">Of an event <c>notification</c>: what is new, as in <c>GET /notifications</c>. Left out of <c>feed</c> and <c>ping</c>.</param>
public sealed record LiveMessage(Notification? Notification = null);

/// <summary>This deployment holds no connections.</summary>
public sealed record NoLiveConnections()
    : Error(ErrorKind.Unavailable, "no-live-connections", "Nothing is sent by itself here: ask GET /notifications/unread and GET /feed?since= with If-None-Match from time to time.");
