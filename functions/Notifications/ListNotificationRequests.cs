using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Notifications;

/// <summary>Somebody whose notifications are kept back.</summary>
/// <param name="Profile">Who it is.</param>
/// <param name="Count">How many notifications of theirs are kept back, of those looked at.</param>
/// <param name="LatestAt">When the newest of them happened.</param>
public sealed record NotificationRequest(ProfileCard Profile, int Count, DateTimeOffset LatestAt);

/// <summary>Lists the people whose notifications the caller's policy keeps back.</summary>
public sealed class ListNotificationRequests(IDocumentStore documents, NotificationReader reader, ServiceKey secret, Cursors cursors)
{
    /// <summary>Newest notifications that are looked at: what came before them has been waiting long enough.</summary>
    private const int LookedAt = 400;

    /// <summary>List the people whose notifications your policy keeps back, the newest first.</summary>
    /// <remarks>Looks at your newest 400 notifications. Who is kept back is not told; accept or dismiss them, or change the policy.</remarks>
    [Function(nameof(ListNotificationRequests))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<NotificationRequest>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "notifications/requests")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var list = $"notification-requests/{me}";
        var (page, error) = PageRequest.Read(http, cursors, list);
        if (error is not null)
        {
            return error;
        }

        var policy = await documents.FindAsync<NotificationPolicyDocument>(me, NotificationPolicyDocument.PolicyId, cancellationToken);
        if (policy is not { NotFollowing: PolicyAction.Filter } and not { NewAccounts: PolicyAction.Filter })
        {
            return TypedResults.Ok(new Page<NotificationRequest>([], null));
        }

        var told = await documents.QueryAsync<NotificationDocument>(NotificationDocument.NewestFirst(me, LookedAt), cancellationToken);
        var context = await reader.LoadAsync(told.Items, Viewer.Of(http), cancellationToken);
        var waiting = told.Items
            .SelectMany(one => context.Requesting(one).Select(person => (Person: person, One: one)))
            .GroupBy(entry => entry.Person.Id, StringComparer.Ordinal)
            .Where(entries => !(policy.Find(secret.PseudonymOf(PseudonymUse.NotificationPolicy, entries.Key))?.DecidedAt >= entries.First().One.CreatedAt))
            .Select(entries => (Place: $"{entries.First().One.LatestId}.{entries.Key}", Request: Of(entries.First().Person, entries.Count(), entries.First().One.CreatedAt)))
            .OrderByDescending(entry => entry.Place, StringComparer.Ordinal)
            .ToList();
        var (items, next) = page.CutFrom(waiting, entry => entry.Request, entry => entry.Place, descending: true);
        return TypedResults.Ok(new Page<NotificationRequest>(items, cursors.Make(list, next)));
    }

    private static NotificationRequest Of(ProfileDocument person, int count, DateTimeOffset latestAt) => new(ProfilePresenter.Card(person), count, latestAt);
}
