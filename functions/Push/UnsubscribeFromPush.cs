using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Push;

/// <summary>Ends a subscription of the caller's.</summary>
public sealed class UnsubscribeFromPush(IDocumentStore documents)
{
    /// <summary>Have nothing pushed to a browser or device any more.</summary>
    [Function(nameof(UnsubscribeFromPush))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me/push/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var wasThere = false;
        await documents.UpdateAsync<PushSubscriptionsDocument>(
            http.Me(),
            PushSubscriptionsDocument.SubscriptionsId,
            found =>
            {
                wasThere |= found.Find(id) is not null;
                return found.Without(id);
            },
            cancellationToken);
        return wasThere ? TypedResults.NoContent() : new Missing("push subscription");
    }
}
