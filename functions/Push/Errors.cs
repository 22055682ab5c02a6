using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Push;

/// <summary>A profile has as many subscriptions as it may.</summary>
public sealed record TooManyPushSubscriptions() : Error(
    ErrorKind.Conflict, "too-many-push-subscriptions", $"You have {PushSubscriptionsDocument.Most} subscriptions, the most there may be; delete one first.");
