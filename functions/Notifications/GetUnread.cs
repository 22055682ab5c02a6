using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Notifications;

/// <summary>How much has not been read.</summary>
/// <param name="Unread">Events that have not been read, counted up to 100.</param>
/// <param name="More">Whether there may be more than were counted.</param>
[Example("""{ "unread": 3, "more": false }""")]
public sealed record UnreadCount(int Unread, bool More);

/// <summary>Counts what has not been read.</summary>
public sealed class GetUnread(IDocumentStore documents, NotificationReader reader, Cursors cursors)
{
    /// <summary>Count your unread notifications.</summary>
    /// <remarks>For a badge, every half minute or so: with the <c>ETag</c> of the last answer as <c>If-None-Match</c> it is 304 as long as nothing came and nothing was read.</remarks>
    [Function(nameof(GetUnread))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [NotModified]
    [ResponseHeader("ETag", "Stands for what came last and what was read, for If-None-Match.")]
    public async Task<Results<Ok<UnreadCount>, StatusCodeHttpResult, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "notifications/unread")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var marker = await documents.FindAsync<NotificationMarker>(me, NotificationMarker.MarkerId, cancellationToken);
        var newest = await documents.QueryAsync<Bare<NotificationDocument>>(new DocumentQuery(me, 1) { From = Ids.First, To = Ids.End, Descending = true }, cancellationToken);
        var state = $"{(newest.Items.Count > 0 ? newest.Items[0].Id : null)}/{marker?.UpTo}";
        if (EntityTag.IsKnown(http, cursors.Make($"unread:{me}", state)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var unread = await documents.QueryAsync<NotificationDocument>(ListNotifications.Unread(me, marker), cancellationToken);
        var context = await reader.LoadAsync(unread.Items, Viewer.Of(http), cancellationToken);
        return TypedResults.Ok(new UnreadCount(unread.Items.Count(context.IsShown), unread.HasMore));
    }
}
