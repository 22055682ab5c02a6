using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Notifications;

/// <summary>Sets whose notifications the caller wants.</summary>
public sealed class SetNotificationPolicy(IDocumentStore documents)
{
    /// <summary>Set your policy for notifications.</summary>
    /// <remarks>It holds for what you were told before as for what comes. What is kept back comes again when you change it.</remarks>
    [Function(nameof(SetNotificationPolicy))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(NotificationPolicy))]
    public async Task<Results<Ok<NotificationPolicy>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "me/notifications/policy")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, error) = await http.ReadJsonAsync<NotificationPolicy>(cancellationToken);
        if (error is not null)
        {
            return error;
        }

        var invalid = new Validation()
            .Require(request.NotFollowing is not null, "notFollowing", "Required.")
            .Require(request.NewAccounts is not null, "newAccounts", "Required.")
            .Error;
        if (invalid is not null)
        {
            return invalid;
        }

        var me = http.Me();
        var policy = await documents.SetAsync<NotificationPolicyDocument>(
            me,
            NotificationPolicyDocument.PolicyId,
            found => (found ?? NotificationPolicyDocument.For(me)) with { NotFollowing = request.NotFollowing!.Value, NewAccounts = request.NewAccounts!.Value },
            cancellationToken);
        return TypedResults.Ok(NotificationPolicy.Of(policy!));
    }
}
