using System.Globalization;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Notifications;

/// <summary>Says in an English sentence what a notification tells, for clients that do not say it themselves.</summary>
public static class NotificationText
{
    /// <summary>The sentence.</summary>
    /// <param name="kind">What it tells of.</param>
    /// <param name="actors">Who did it, newest first.</param>
    /// <param name="count">How many did it.</param>
    /// <param name="own">What the notification itself says; it wins.</param>
    public static string Of(NotificationKind kind, IReadOnlyList<ProfileCard> actors, int count, string? own) => own ?? kind switch
    {
        NotificationKind.Follow => $"{Who(actors, count)} followed you.",
        NotificationKind.Like => $"{Who(actors, count)} liked your post.",
        NotificationKind.Boost => $"{Who(actors, count)} boosted your post.",
        NotificationKind.Reply => $"{Who(actors, count)} replied to your post.",
        NotificationKind.Mention => $"{Who(actors, count)} mentioned you.",
        NotificationKind.Quote => $"{Who(actors, count)} quoted your post.",
        NotificationKind.Image => "The image you asked for is finished.",
        NotificationKind.Moderation => "There was a moderation decision about your post.",
        NotificationKind.FollowRequest => $"{Who(actors, count)} asked to follow you.",
        NotificationKind.FollowAccepted => $"{Who(actors, count)} accepted your request to follow.",
        NotificationKind.Report => "What you reported was decided.",
        NotificationKind.Scheduled => "A post that you had scheduled was not published.",
        NotificationKind.Poll => "A poll is closed.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Who(IReadOnlyList<ProfileCard> actors, int count) => (actors, count) switch
    {
        ([], _) => "Somebody",
        ([var one], 1) => one.DisplayName,
        ([var one, var other, ..], 2) => $"{one.DisplayName} and {other.DisplayName}",
        ([var one, ..], 2) => $"{one.DisplayName} and 1 other",
        _ => $"{actors[0].DisplayName} and {(count - 1).ToString(CultureInfo.InvariantCulture)} others",
    };
}
