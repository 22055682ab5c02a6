using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Notifications;

/// <summary>Lets somebody's notifications come whatever the caller's policy says.</summary>
public sealed class AcceptNotificationRequest(NotificationConsents consents)
{
    /// <summary>Accept the notifications of somebody whom your policy keeps back.</summary>
    /// <remarks>Those that were kept back come too, where they stood. Doing it again changes nothing; it can be said before there is a request.</remarks>
    [Function(nameof(AcceptNotificationRequest))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.NotFound, ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "notifications/requests/{handle}")] HttpRequest http, string handle, CancellationToken cancellationToken) =>
        await consents.DecideAsync(http.Me(), handle, accepted: true, cancellationToken) is { } error ? error : TypedResults.NoContent();
}
