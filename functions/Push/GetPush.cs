using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Push;

/// <summary>Shows what the caller needs to subscribe, and has subscribed.</summary>
public sealed class GetPush(IDocumentStore documents, VapidKeys keys)
{
    /// <summary>Get the key for Web Push, and your subscriptions.</summary>
    [Function(nameof(GetPush))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    public async Task<Ok<PushSettings>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/push")] HttpRequest http, CancellationToken cancellationToken)
    {
        var found = await documents.FindAsync<PushSubscriptionsDocument>(http.Me(), PushSubscriptionsDocument.SubscriptionsId, cancellationToken);
        var pair = await keys.GetAsync(cancellationToken);
        return TypedResults.Ok(new PushSettings(pair.PublicKey, [.. (found?.Subscriptions ?? []).Select(PushSubscription.Of)]));
    }
}
