using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Notifications;

/// <summary>Shows people what happened to them and their posts.</summary>
public sealed class ListNotifications(IDocumentStore documents, NotificationReader reader, Cursors cursors)
{
    /// <summary>Most events that are counted as unread.</summary>
    public const int MostUnread = 100;

    private static readonly Dictionary<string, NotificationKind> Kinds = Enum.GetValues<NotificationKind>().ToDictionary(EnumNames.NameOf);

    /// <summary>Events looked at for each item of a page: how far likes of one post can be gathered.</summary>
    private const int EventsPerItem = 4;

    /// <summary>List your notifications, newest first.</summary>
    /// <remarks>
    /// Likes and boosts of one post, new followers and those who ask to follow within a day come as one item. What you may not see any more, and whatever comes from
    /// profiles you block or mute, is left out, so a page can hold fewer items than asked for.
    /// </remarks>
    [Function(nameof(ListNotifications))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("kind", "Only of these kinds, separated by commas; all when left out.")]
    public async Task<Results<Ok<NotificationPage>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "notifications")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (kinds, unknown) = KindsOf(http);
        if (unknown is not null)
        {
            return unknown;
        }

        var list = $"notifications/{me}/{string.Join(',', kinds.Order())}";
        var (page, error) = PageRequest.Read(http, cursors, list);
        if (error is not null)
        {
            return error;
        }

        var marker = await documents.FindAsync<NotificationMarker>(me, NotificationMarker.MarkerId, cancellationToken);
        var window = await documents.QueryAsync<NotificationDocument>(All(me, page.Limit * EventsPerItem).After(page.After), cancellationToken);
        var unread = await documents.QueryAsync<NotificationDocument>(Unread(me, marker), cancellationToken);
        var context = await reader.LoadAsync([.. window.Items.Concat(unread.Items).DistinctBy(told => told.Id)], Viewer.Of(http), cancellationToken);

        var (groups, last) = NotificationGroup.Collect(window.Items, page.Limit, IsAskedFor);
        var fitting = page.Budget.TakeOf(groups.Select(group => context.Present(group, marker)).ToList());
        if (fitting < groups.Count)
        {
            (groups, last) = NotificationGroup.Collect(window.Items, fitting, IsAskedFor);
        }

        var more = window.HasMore || (last is not null && window.Items.SkipWhile(told => told.Id != last).Skip(1).Any(IsAskedFor));
        return TypedResults.Ok(new NotificationPage(
            [.. groups.Select(group => context.Present(group, marker))],
            cursors.Make(list, more ? last : null),
            unread.Items.Count(context.IsShown)));

        bool IsAskedFor(NotificationDocument told) => (kinds.Count == 0 || kinds.Contains(told.Kind)) && context.IsShown(told);
    }

    private static (IReadOnlySet<NotificationKind> Kinds, Error? Error) KindsOf(HttpRequest http)
    {
        var kinds = new HashSet<NotificationKind>();
        foreach (var name in http.Query.TryGetValue("kind", out var asked) ? asked.ToString().Split(',') : [])
        {
            if (!Kinds.TryGetValue(name, out var kind))
            {
                return (kinds, new InvalidFields("kind", $"Some of {string.Join(", ", Kinds.Keys)}, separated by commas."));
            }

            kinds.Add(kind);
        }

        return (kinds, null);
    }

    private static DocumentQuery All(string ownerId, int limit) =>
        new(ownerId, limit) { From = Ids.First, To = Ids.End, Descending = true };

    /// <summary>What came since the owner has read, at most <see cref="MostUnread"/>.</summary>
    internal static DocumentQuery Unread(string ownerId, NotificationMarker? marker) =>
        All(ownerId, MostUnread) is var all && marker is null ? all : all with { From = marker!.UpTo + '\u0001' };
}
