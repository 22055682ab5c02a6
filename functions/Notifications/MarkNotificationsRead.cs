using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Notifications;

/// <summary>Says what has been read.</summary>
/// <param name="UpTo">Id of the newest notification that has been read; everything up to now when left out.</param>
[Example("""{ "upTo": null }""")]
public sealed record MarkNotificationsReadRequest(string? UpTo = null);

/// <summary>Remembers up to where people have read.</summary>
public sealed class MarkNotificationsRead(IDocumentStore documents, TimeProvider time)
{
    private const int LongestId = 255;

    /// <summary>Mark your notifications as read, all or up to one of them.</summary>
    /// <remarks>The mark only moves forward; what happens later stays unread. An empty body marks everything.</remarks>
    [Function(nameof(MarkNotificationsRead))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(MarkNotificationsReadRequest), IsOptional = true)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "notifications/read")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, error) = await http.ReadOptionalJsonAsync(new MarkNotificationsReadRequest(), cancellationToken);
        if (error is not null)
        {
            return error;
        }

        if (request.UpTo is { } id && !(id.Length is > Ids.Length and <= LongestId && Ids.IsId(id.AsSpan(0, Ids.Length))))
        {
            return new InvalidFields("upTo", "Not the id of a notification.");
        }

        var me = http.Me();
        var now = NotificationMarker.At(time.GetUtcNow());
        var upTo = request.UpTo is { } asked && string.CompareOrdinal(asked, now) < 0 ? asked : now;
        await documents.SetAsync<NotificationMarker>(
            me,
            NotificationMarker.MarkerId,
            found => found is null ? new() { Id = NotificationMarker.MarkerId, OwnerId = me, UpTo = upTo }
                : NotificationMarker.Covers(found, upTo) ? found
                : found with { UpTo = upTo },
            cancellationToken);
        return TypedResults.NoContent();
    }
}
