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
    /// <summary>Notifications looked at for each item of a page: how far those that are hidden, or of other kinds, are passed over.</summary>
    private const int LookedAtPerItem = 4;

    /// <summary>List your notifications, newest first.</summary>
    /// <remarks>
    /// Likes and boosts of one post, new followers and those who ask to follow come as one item for each day on which they began, which moves up when it grows.
    /// What you may not see any more, whatever comes from profiles you block or mute, and what your policy keeps back, is left out, so a page can hold fewer
    /// items than asked for. What was taken back and done again is not told again.
    /// </remarks>
    [Function(nameof(ListNotifications))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("kind", "Which kinds, separated by commas, such as reply,mention; all of them when left out.", MaxLength = 200)]
    public async Task<Results<Ok<NotificationPage>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "notifications")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (kinds, unknown) = ReadKinds(http);
        if (unknown is not null)
        {
            return unknown;
        }

        var list = $"notifications/{me}/{string.Join(',', kinds ?? [])}";
        var (page, error) = PageRequest.Read(http, cursors, list);
        if (error is not null)
        {
            return error;
        }

        var window = await documents.QueryAsync<NotificationDocument>(
            NotificationDocument.NewestFirst(me, page.Limit * LookedAtPerItem).After(page.After), cancellationToken);
        var fitting = window.Items.Where(told => kinds is null || kinds.Contains(told.Kind)).ToList();
        var marker = await documents.FindAsync<NotificationMarker>(me, NotificationMarker.MarkerId, cancellationToken);
        var unread = await reader.UnreadAsync(me, marker, cancellationToken);
        var context = await reader.LoadAsync([.. fitting.Concat(unread.Items).DistinctBy(told => told.Id)], Viewer.Of(http), cancellationToken);

        var shown = fitting.Where(context.IsShown).ToList();
        var items = shown.Take(page.Limit).Select(told => context.Present(told, marker)).ToList();
        var count = page.Budget.TakeOf(items);
        var next = count < shown.Count ? shown[count - 1].LatestId : window.Next;
        return TypedResults.Ok(new NotificationPage([.. items.Take(count)], cursors.Make(list, next), unread.Items.Count(told => context.IsUnread(told, marker))));
    }

    private static (IReadOnlyCollection<NotificationKind>? Kinds, Error? Error) ReadKinds(HttpRequest http)
    {
        if (!http.Query.TryGetValue("kind", out var asked))
        {
            return (null, null);
        }

        var known = Enum.GetValues<NotificationKind>().ToDictionary(EnumNames.NameOf, StringComparer.Ordinal);
        var names = asked.SelectMany(part => (part ?? string.Empty).Split(',')).ToHashSet(StringComparer.Ordinal);
        return names.All(known.ContainsKey)
            ? ([.. names.Select(name => known[name]).Order()], null)
            : (null, new InvalidFields("kind", $"One or several of {string.Join(", ", known.Keys)}, separated by commas."));
    }
}
