using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Push;

/// <summary>What is pushed, and whither. Pure.</summary>
public static class PushRules
{
    /// <summary>How long a notification is news: later it is not pushed any more, nor kept by push services for devices that are away.</summary>
    public static readonly TimeSpan News = TimeSpan.FromDays(1);

    /// <summary>How long nothing may get through to a subscription before it is removed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    /// <summary>Whether a notification is news at a moment, whoever it is for.</summary>
    public static bool IsNews(string? latestId, DateTimeOffset? createdAt, DateTimeOffset now) => latestId is not null && createdAt > now - News;

    /// <summary>The subscriptions that an event is still to be pushed to.</summary>
    /// <param name="told">The notification.</param>
    /// <param name="latestId">The event: the newest that the owner gets to see; null for none.</param>
    /// <param name="subscriptions">The owner's.</param>
    /// <param name="pushed">What is known of the notification.</param>
    /// <param name="marker">Up to where the owner has read.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<StoredPushSubscription> Pending(
        NotificationDocument told, string? latestId, PushSubscriptionsDocument? subscriptions, PushedDocument? pushed, NotificationMarker? marker, DateTimeOffset now)
    {
        if (subscriptions is null || latestId is null || NotificationMarker.Covers(marker, latestId))
        {
            return [];
        }

        // Of a group the event may not be the newest one: that may be by somebody whom the owner does not get to see.
        var happened = NotificationGroup.Groups(told.Kind) ? Ids.TimeOf(latestId) : told.CreatedAt;
        if (!IsNews(latestId, happened, now))
        {
            return [];
        }

        var order = pushed is null ? 1 : string.CompareOrdinal(latestId, pushed.LatestId);
        return order < 0
            ? []
            : [.. subscriptions.Subscriptions.Where(one => one.Wants(told.Kind) && one.CreatedAt <= happened && (order > 0 || !pushed!.Done.Contains(one.Id)))];
    }

    /// <summary>The topic of a notification: what grew replaces what a device that was away has not fetched yet. It tells services nothing.</summary>
    public static string TopicOf(NotificationDocument told) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{told.OwnerId}\n{told.Id}")).AsSpan(0, 24));

    /// <summary>
    /// The subscriptions after messages were sent: those that are gone are removed, and those that nothing has got through to for too long. One that was made anew
    /// meanwhile stays as it is.
    /// </summary>
    /// <param name="subscriptions">The owner's.</param>
    /// <param name="sent">What became of the messages, by subscription as it was.</param>
    /// <param name="now">The time.</param>
    public static PushSubscriptionsDocument After(PushSubscriptionsDocument subscriptions, ILookup<PushOutcome, StoredPushSubscription> sent, DateTimeOffset now) =>
        sent.SelectMany(group => group.Select(one => (Outcome: group.Key, One: one))).Aggregate(subscriptions, (all, entry) => all.Find(entry.One.Id) switch
        {
            null => all,
            { } other when other.Auth != entry.One.Auth => all,
            _ when entry.Outcome == PushOutcome.Gone => all.Without(entry.One.Id),
            { FailingSince: not null } works when entry.Outcome == PushOutcome.Delivered => all.With(works with { FailingSince = null }),
            { FailingSince: null } fails when entry.Outcome == PushOutcome.Refused => all.With(fails with { FailingSince = now }),
            { FailingSince: { } since } when entry.Outcome == PushOutcome.Refused && since < now - Patience => all.Without(entry.One.Id),
            _ => all,
        });
}
