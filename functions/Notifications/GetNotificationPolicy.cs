using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Notifications;

/// <summary>Shows whose notifications the caller wants.</summary>
public sealed class GetNotificationPolicy(IDocumentStore documents)
{
    /// <summary>Get your policy for notifications.</summary>
    /// <remarks>Until you set one, everything comes.</remarks>
    [Function(nameof(GetNotificationPolicy))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    public async Task<Ok<NotificationPolicy>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/notifications/policy")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var found = await documents.FindAsync<NotificationPolicyDocument>(me, NotificationPolicyDocument.PolicyId, cancellationToken);
        return TypedResults.Ok(NotificationPolicy.Of(found ?? NotificationPolicyDocument.For(me)));
    }
}
