using System.Globalization;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Notifications;

/// <summary>Says in a sentence what a notification tells, in German or English, for clients that do not say it themselves.</summary>
public static class NotificationText
{
    /// <summary>The sentence, in the language of the present request.</summary>
    /// <param name="kind">What it tells of.</param>
    /// <param name="actors">Who did it, newest first.</param>
    /// <param name="count">How many did it.</param>
    public static string Of(NotificationKind kind, IReadOnlyList<ProfileCard> actors, int count) =>
        CallerLanguage.IsGerman ? German(kind, actors, count) : English(kind, actors, count);

    private static string English(NotificationKind kind, IReadOnlyList<ProfileCard> actors, int count)
    {
        var who = Who(actors, count, "Somebody", "and", "1 other", "others");
        return kind switch
        {
            NotificationKind.Follow => $"{who} followed you.",
            NotificationKind.Like => $"{who} liked your post.",
            NotificationKind.Boost => $"{who} boosted your post.",
            NotificationKind.Reply => $"{who} replied to your post.",
            NotificationKind.Mention => $"{who} mentioned you.",
            NotificationKind.Quote => $"{who} quoted your post.",
            NotificationKind.Image => "The image you asked for is finished.",
            NotificationKind.Moderation => "There was a moderation decision about your post.",
            NotificationKind.FollowRequest => $"{who} asked to follow you.",
            NotificationKind.FollowAccepted => $"{who} accepted your request to follow.",
            NotificationKind.Report => "What you reported was decided.",
            NotificationKind.Scheduled => "A post that you had scheduled was not published.",
            NotificationKind.Poll => "A poll is closed.",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    private static string German(NotificationKind kind, IReadOnlyList<ProfileCard> actors, int count)
    {
        var who = Who(actors, count, "Jemand", "und", "1 weitere Person", "weitere");
        var (does, asks) = count > 1 ? ("haben", "möchten") : ("hat", "möchte");
        return kind switch
        {
            NotificationKind.Follow => $"{who} {(count > 1 ? "folgen" : "folgt")} dir.",
            NotificationKind.Like => $"{who} {(count > 1 ? "mögen" : "mag")} deinen Beitrag.",
            NotificationKind.Boost => $"{who} {does} deinen Beitrag geteilt.",
            NotificationKind.Reply => $"{who} {does} auf deinen Beitrag geantwortet.",
            NotificationKind.Mention => $"{who} {does} dich erwähnt.",
            NotificationKind.Quote => $"{who} {does} deinen Beitrag zitiert.",
            NotificationKind.Image => "Dein Bild ist fertig.",
            NotificationKind.Moderation => "Die Moderation hat über deinen Beitrag entschieden.",
            NotificationKind.FollowRequest => $"{who} {asks} dir folgen.",
            NotificationKind.FollowAccepted => $"{who} {does} deine Anfrage angenommen.",
            NotificationKind.Report => "Über deine Meldung wurde entschieden.",
            NotificationKind.Scheduled => "Ein Beitrag, den du geplant hattest, wurde nicht veröffentlicht.",
            NotificationKind.Poll => "Eine Umfrage ist beendet.",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    private static string Who(IReadOnlyList<ProfileCard> actors, int count, string somebody, string and, string oneOther, string others) => (actors, count) switch
    {
        ([], _) => somebody,
        ([var one], 1) => one.DisplayName,
        ([var one, var other, ..], 2) => $"{one.DisplayName} {and} {other.DisplayName}",
        ([var one, ..], 2) => $"{one.DisplayName} {and} {oneOther}",
        _ => $"{actors[0].DisplayName} {and} {(count - 1).ToString(CultureInfo.InvariantCulture)} {others}",
    };
}
