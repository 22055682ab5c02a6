using System.Globalization;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Notifications;

/// <summary>
/// What many do to the same thing is one notification: its members come and go here. Pure, and the same whatever repeats and in whatever order it comes,
/// as long as no more than <see cref="MostKept"/> take part.
/// </summary>
public static class NotificationGroup
{
    /// <summary>Members that are kept by name; those before them are only counted.</summary>
    public const int MostKept = 30;

    /// <summary>What many can do to the same thing; an answer, a mention, a decision stands for itself.</summary>
    public static bool Groups(NotificationKind kind) =>
        kind is NotificationKind.Follow or NotificationKind.FollowRequest or NotificationKind.Like or NotificationKind.Boost;

    /// <summary>Id of the document that tells of an event together with others of its kind and day.</summary>
    /// <param name="told">One event: its id names the time at which it first happened.</param>
    public static string IdOf(NotificationDocument told) =>
        $"group:{told.Kind}:{told.PostId}:{Ids.TimeOf(told.Id).UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    /// <summary>The group with an event.</summary>
    /// <param name="found">The group as it is; null where there is none.</param>
    /// <param name="told">The event.</param>
    public static NotificationDocument With(NotificationDocument? found, NotificationDocument told)
    {
        var group = found ?? told with { Id = IdOf(told) };
        var act = new NotifiedAct(told.ActorId!, told.Id[..Ids.Length]);

        // One that was dropped and is told again: it is counted already, and there is no name to find it by.
        var isPast = group.Acts.Count == MostKept && string.CompareOrdinal(act.EventId, group.Acts[^1].EventId) < 0;
        if (isPast || group.Acts.Contains(act))
        {
            return group;
        }

        NotifiedAct[] acts = [.. group.Acts.Where(other => other.ActorId != act.ActorId).Append(act).OrderByDescending(other => other.EventId, StringComparer.Ordinal)];
        return Holding(group, acts.Length > MostKept ? acts[..MostKept] : acts, group.Earlier + Math.Max(0, acts.Length - MostKept));
    }

    /// <summary>The group without an event.</summary>
    /// <param name="group">The group as it is.</param>
    /// <param name="told">The event.</param>
    public static NotificationDocument Without(NotificationDocument group, NotificationDocument told) =>
        group.Acts.All(act => act.ActorId != told.ActorId) ? group : Holding(group, [.. group.Acts.Where(act => act.ActorId != told.ActorId)], group.Earlier);

    private static NotificationDocument Holding(NotificationDocument group, NotifiedAct[] acts, int earlier) => acts is [var newest, ..]
        ? group with
        {
            Acts = acts,
            Earlier = earlier,
            ActorId = newest.ActorId,
            LatestId = NotificationDocument.IdOf(newest.EventId, group.Kind),
            CreatedAt = Ids.TimeOf(newest.EventId),
        }
        : group with { Acts = [], Earlier = 0, ActorId = null, LatestId = null };
}
