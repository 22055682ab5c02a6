using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Notifications;

/// <summary>How much has not been read.</summary>
/// <param name="Unread">Notifications that have not been read, of the newest 100 that have not: several likes of one post are one.</param>
/// <param name="More">Whether there may be more than were counted.</param>
[Example("""{ "unread": 3, "more": false }""")]
public sealed record UnreadCount(int Unread, bool More);

/// <summary>Counts what has not been read.</summary>
public sealed class GetUnread(IDocumentStore documents, NotificationReader reader, Cursors cursors)
{
    /// <summary>Count your unread notifications.</summary>
    /// <remarks>For a badge, every 30 seconds: with the <c>ETag</c> of the last answer as <c>If-None-Match</c> it is 304 as long as nothing came, nothing was read and your policy is the same.</remarks>
    [Function(nameof(GetUnread))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [NotModified]
    [ResponseHeader("ETag", "Stands for what came last and what was read, for If-None-Match.")]
    public async Task<Results<Ok<UnreadCount>, StatusCodeHttpResult, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "notifications/unread")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var own = await documents.ReadManyAsync([DocumentKey.Of<NotificationMarker>(me, NotificationMarker.MarkerId), NotificationPolicyDocument.KeyOf(me)], cancellationToken);
        var marker = own.Get<NotificationMarker>(me, NotificationMarker.MarkerId);
        var policy = own.Get<NotificationPolicyDocument>(me, NotificationPolicyDocument.PolicyId);
        var newest = await documents.QueryAsync<NotificationDocument>(NotificationDocument.NewestFirst(me, 1), cancellationToken);
        var state = $"{(newest.Items.Count > 0 ? newest.Items[0].LatestId : null)}/{marker?.UpTo}/{policy?.Revision}";
        if (EntityTag.IsKnown(http, cursors.Make($"unread:{me}", state)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var unread = await reader.UnreadAsync(me, marker, cancellationToken);
        var context = await reader.LoadAsync(unread.Items, Viewer.Of(http), cancellationToken);
        return TypedResults.Ok(new UnreadCount(unread.Items.Count(told => context.IsUnread(told, marker)), unread.HasMore));
    }
}
