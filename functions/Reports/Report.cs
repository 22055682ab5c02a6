using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Reports;

/// <summary>How far a report has come.</summary>
public enum ReportStatus
{
    /// <summary>It waits for a moderator.</summary>
    Received,

    /// <summary>It was answered, and the answer can be contested.</summary>
    Decided,

    /// <summary>The answer was contested, which waits for another moderator.</summary>
    Contested,

    /// <summary>It was answered for good, or what it is about is no longer there.</summary>
    Final,
}

/// <summary>A report as whoever made it sees it.</summary>
/// <param name="Id">Report id.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Clause">The rule it names.</param>
/// <param name="Details">What was said.</param>
/// <param name="Posts">Posts it points to.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Decision">What was decided: <c>keep</c>, <c>limit</c>, <c>remove</c> or <c>restore</c>; left out, too, when it was deleted before anybody decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="CreatedAt">When it was received.</param>
/// <param name="DecidedAt">When it was decided, or closed.</param>
[Example("""{ "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e", "subject": { "type": "profile", "id": "019a5c2e0000700080000000000000ab" }, "clause": "impersonation", "posts": [], "status": "received", "createdAt": "2026-11-22T10:15:00.000Z" }""")]
public sealed record Report(
    string Id,
    CaseSubject Subject,
    Clause Clause,
    string? Details,
    IReadOnlyList<string> Posts,
    ReportStatus Status,
    ModerationAct? Decision,
    string? Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DecidedAt)
{
    /// <summary>Shapes a report. Pure.</summary>
    public static Report Of(ReportDocument report)
    {
        _ = SubjectRef.TryParse(report.CaseId, out var subject);
        return new(
            report.ReportId,
            new(subject.Type, subject.Id),
            report.Clause,
            report.Details,
            report.Posts,
            StatusOf(report),
            report.Answer?.Act,
            Platform.Text.Wording.Of(report.Answer?.Reason).Words,
            report.At,
            report.Answer?.At);
    }

    private static ReportStatus StatusOf(ReportDocument report) =>
        report.IsFinal ? ReportStatus.Final
        : report.Contest is not null ? ReportStatus.Contested
        : report.Answer is not null ? ReportStatus.Decided
        : ReportStatus.Received;
}
