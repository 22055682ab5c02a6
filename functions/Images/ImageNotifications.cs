using ServerlessSocial.Notifications;

namespace ServerlessSocial.Images;

/// <summary>What people are told about their image jobs.</summary>
public static class ImageNotifications
{
    /// <summary>The notification of a finished job: one per job, whoever repeats the step.</summary>
    public static NotificationDocument Of(ImageJobDocument job) => new()
    {
        Id = NotificationDocument.IdOf(job.Id, NotificationKind.Image),
        OwnerId = job.OwnerId,
        Kind = NotificationKind.Image,
        ImageId = job.Id,
        Text = job.Reason ?? "Your picture is ready.",
        CreatedAt = job.FinishedAt ?? job.CreatedAt,
    };
}
