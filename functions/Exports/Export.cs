using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Exports;

/// <summary>How far an export has come.</summary>
public enum ExportStatus
{
    /// <summary>It waits.</summary>
    Queued,

    /// <summary>The archive is being made.</summary>
    Running,

    /// <summary>The archive can be fetched.</summary>
    Done,

    /// <summary>The archive could not be made; asking again may help.</summary>
    Failed,

    /// <summary>The archive was there, and its time is over.</summary>
    Expired,
}

/// <summary>An export as its owner sees it.</summary>
/// <param name="Id">Export id.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Part">The part of the archive that is being written; only while running.</param>
/// <param name="Files">Files written so far; only while running.</param>
/// <param name="Reason">Why there is no archive, in a sentence; only when failed.</param>
/// <param name="Url">Path to fetch the archive from, with one's own token; only when done.</param>
/// <param name="Bytes">Size of the archive; only when done.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="ExpiresAt">Until when the archive can be fetched.</param>
[Example("""{ "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e", "status": "done", "url": "/api/me/exports/019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e/archive", "bytes": 4711, "createdAt": "2026-11-22T10:15:00.000Z", "expiresAt": "2026-11-29T10:15:02.000Z" }""")]
public sealed record Export(
    string Id, ExportStatus Status, string? Part, int? Files, string? Reason, string? Url, long? Bytes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>Shapes an export. Pure.</summary>
    public static Export Of(ExportDocument document, ExportActivityDocument? activity, DateTimeOffset now)
    {
        var running = document.State == ExportState.Queued && activity is { Run: not null } && activity.Current == document.Id && activity.Until > now;
        var status = document.State switch
        {
            ExportState.Queued => running ? ExportStatus.Running : ExportStatus.Queued,
            ExportState.Failed => ExportStatus.Failed,
            _ => document.ExpiresAt > now ? ExportStatus.Done : ExportStatus.Expired,
        };
        var done = status == ExportStatus.Done;
        return new(
            document.Id,
            status,
            running ? activity!.Part : null,
            running ? activity!.Files : null,
            Platform.Text.Wording.Of(document.Reason).Words,
            done ? $"/api/me/exports/{document.Id}/archive" : null,
            done ? document.Bytes : null,
            document.CreatedAt,
            document.ExpiresAt);
    }
}
