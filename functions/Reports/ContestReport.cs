using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Reports;

/// <summary>What speaks against the answer to a report.</summary>
/// <param name="Text">Why it should be looked at again; at most 1,000 characters.</param>
[Example("""{ "text": "The picture is mine, and I can prove it." }""")]
public sealed record NewContest([property: Required, MaxGraphemes(ContestReport.MaxText)] string? Text = null);

/// <summary>Lets people contest the answer to their report (Regulation (EU) 2022/2065, article 20).</summary>
public sealed class ContestReport(IDocumentStore documents, Idempotency idempotency, TimeProvider time)
{
    internal const int MaxText = 1_000;

    /// <summary>Contest the answer to your report, once.</summary>
    /// <remarks>A moderator who had no part in the answer looks at it again; you are told.</remarks>
    [Function(nameof(ContestReport))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reports)]
    [RequestBody(typeof(NewContest))]
    [Idempotent]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Created<Report>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/reports/{id}/contest")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (request, unread) = await http.ReadJsonAsync<NewContest>(cancellationToken);
        if (unread is not null)
        {
            return unread;
        }

        var text = TextLength.Normalize(request.Text ?? string.Empty);
        if (TextLength.Problem(text, MaxText) is { } problem)
        {
            return new InvalidFields("text", problem);
        }

        var me = http.Me();
        var (report, refusal) = await idempotency.OnceAsync(http, http.Caller()!, request, _ => ContestAsync(id, me, text, cancellationToken), cancellationToken);
        return report is null ? refusal! : TypedResults.Created("/api/me/reports", report);
    }

    private async Task<Outcome<Report>> ContestAsync(string id, string me, string text, CancellationToken cancellationToken)
    {
        if (!Ids.IsId(id) || await documents.FindAsync<OwnReportDocument>(me, id, cancellationToken) is not { } own)
        {
            return new Missing("report");
        }

        // The entry of a report that a newer one has replaced may stand a moment longer.
        var now = time.GetUtcNow();
        var report = await documents.UpdateAsync<ReportDocument>(
            own.CaseId,
            me,
            found => found is { Answer: { Act: not null } answer, Contest: null } && found.ReportId == id
                ? found with { Contest = new(text, answer.DecisionId, now), WorkSince = now, TraceParent = Activity.Current?.Id }
                : null,
            cancellationToken);
        return report switch
        {
            null => new Missing("report"),
            _ when report.ReportId != id => new Missing("report"),
            { Answer: null } => new NotAnsweredYet(),
            { Contest: { } contest } when contest.Text == text && contest.At == now => Report.Of(report),
            { Contest: not null } => new ContestedAlready(),
            _ => new NothingToContest(),
        };
    }
}
