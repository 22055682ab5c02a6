using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Notifications;

/// <summary>Events that are shown as one.</summary>
/// <param name="Events">The events, newest first; at least one.</param>
public sealed record NotificationGroup(IReadOnlyList<NotificationDocument> Events)
{
    /// <summary>Actors that are shown by name; the others are counted.</summary>
    public const int MostActors = 5;

    /// <summary>The longest time from the oldest to the newest event of a group.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(1);

    /// <summary>The newest event: it names the group.</summary>
    public NotificationDocument Newest => Events[0];

    /// <summary>Who did it, each once, newest first.</summary>
    public IEnumerable<string> ActorIds => Events.Select(told => told.ActorId).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>
    /// Groups a window of events into at most <paramref name="limit"/> items. Events are taken strictly in their order, so that the next
    /// page begins behind the last one taken, whatever the grouping. Pure.
    /// </summary>
    /// <param name="window">Events, newest first.</param>
    /// <param name="limit">Most items, 1 or more.</param>
    /// <param name="isShown">Whether an event may be shown; others are passed over.</param>
    /// <returns>The items in the order of their newest events, and the last event taken; null if none was.</returns>
    public static (IReadOnlyList<NotificationGroup> Groups, string? Last) Collect(
        IReadOnlyList<NotificationDocument> window, int limit, Func<NotificationDocument, bool> isShown)
    {
        var groups = new List<List<NotificationDocument>>(limit);
        var open = new Dictionary<(NotificationKind Kind, string? PostId), List<NotificationDocument>>();
        string? last = null;
        foreach (var told in window)
        {
            if (isShown(told))
            {
                var key = (told.Kind, told.PostId);
                if (Groups(told.Kind) && open.TryGetValue(key, out var group) && Ids.TimeOf(group[0].Id) - Ids.TimeOf(told.Id) <= Span)
                {
                    group.Add(told);
                }
                else if (groups.Count < limit)
                {
                    groups.Add(open[key] = [told]);
                }
                else
                {
                    break;
                }
            }

            last = told.Id;
        }

        return ([.. groups.Select(events => new NotificationGroup(events))], last);
    }

    /// <summary>What many can do to the same thing; an answer, a mention, a decision stands for itself.</summary>
    private static bool Groups(NotificationKind kind) =>
        kind is NotificationKind.Follow or NotificationKind.FollowRequest or NotificationKind.Like or NotificationKind.Boost;
}
