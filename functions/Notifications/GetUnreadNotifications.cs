using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Notifications;

/// <summary>How many notifications wait.</summary>
/// <param name="Count">How many have not been read, of the newest 100 that have not.</param>
/// <param name="Capped">Whether there may be more than were counted.</param>
[Example("""{ "count": 3, "capped": false }""")]
public sealed record UnreadNotifications(int Count, bool Capped);

/// <summary>Says how many notifications the caller has not read: the number on a bell.</summary>
public sealed class GetUnreadNotifications(NotificationReader reader)
{
    /// <summary>Count your notifications that you have not read.</summary>
    /// <remarks>Counts what the list would show: several likes of one post are one.</remarks>
    [Function(nameof(GetUnreadNotifications))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    public async Task<Ok<UnreadNotifications>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "notifications/unread")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (unread, _) = await reader.UnreadAsync(http.Me(), cancellationToken);
        if (unread.Items.Count == 0)
        {
            return TypedResults.Ok(new UnreadNotifications(0, Capped: false));
        }

        var context = await reader.LoadAsync(unread.Items, Viewer.Of(http), cancellationToken);
        return TypedResults.Ok(new UnreadNotifications(unread.Items.Count(context.IsShown), unread.HasMore));
    }
}
