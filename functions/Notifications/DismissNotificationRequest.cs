using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Notifications;

/// <summary>Puts a request aside.</summary>
public sealed class DismissNotificationRequest(NotificationConsents consents)
{
    /// <summary>Dismiss the request of somebody whom your policy keeps back.</summary>
    /// <remarks>They are not told. The request comes again when they do something new. Of somebody you accepted it takes that back.</remarks>
    [Function(nameof(DismissNotificationRequest))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.NotFound, ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "notifications/requests/{handle}")] HttpRequest http, string handle, CancellationToken cancellationToken) =>
        await consents.DecideAsync(http.Me(), handle, accepted: false, cancellationToken) is { } error ? error : TypedResults.NoContent();
}
