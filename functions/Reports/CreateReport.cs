using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Reports;

/// <summary>What to report.</summary>
/// <param name="Type"><c>post</c>, <c>profile</c> or <c>media</c>.</param>
/// <param name="Id">Its id.</param>
public sealed record ReportedSubject([property: Required] SubjectType? Type = null, [property: Required] string? Id = null);

/// <summary>A report.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Clause">The rule it breaks.</param>
/// <param name="Details">What is wrong with it; at most 1,000 characters.</param>
/// <param name="Posts">Up to 10 posts that show it.</param>
[Example("""{ "subject": { "type": "profile", "id": "019a5c2e0000700080000000000000ab" }, "clause": "impersonation", "details": "She uses my name and picture." }""")]
public sealed record NewReport(
    [property: Required] ReportedSubject? Subject = null,
    [property: Required] Clause? Clause = null,
    [property: MaxGraphemes(CreateReport.MaxDetails)] string? Details = null,
    [property: MaxLength(CreateReport.MaxPosts)] IReadOnlyList<string?>? Posts = null);

/// <summary>Takes reports (Regulation (EU) 2022/2065, article 16).</summary>
public sealed class CreateReport(IDocumentStore documents, Subjects subjects, ServiceKey secret, RateLimiter limits, Idempotency idempotency, TimeProvider time)
{
    internal const int MaxDetails = 1_000;
    internal const int MaxPosts = 10;

    /// <summary>Report a post, a profile or a picture.</summary>
    /// <remarks>
    /// The answer is the receipt; <c>GET /me/reports</c> and a notification tell the outcome. Whoever is reported never learns by whom. What you
    /// report again is answered with the report that waits, and with an answered one as long as nothing is new: a new report takes its place, and the case
    /// waits for a moderator again, if the profile has changed since it was decided or you name another rule. Blocks keep nobody from reporting what
    /// everyone may see.
    /// </remarks>
    [Function(nameof(CreateReport))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reports, WhenCarriedOut = true)]
    [RequestBody(typeof(NewReport))]
    [Idempotent]
    [Answers(ErrorKind.NotFound)]
    public async Task<Results<Created<Report>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reports")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, unread) = await http.ReadJsonAsync<NewReport>(cancellationToken);
        if (unread is not null)
        {
            return unread;
        }

        var details = TextLength.Normalize(request.Details ?? string.Empty);
        if (Problem(request, details) is { } invalid)
        {
            return invalid;
        }

        var viewer = Viewer.Of(http);
        var (report, refusal) = await idempotency.OnceAsync(
            http,
            http.Caller()!,
            request,
            id => CreateAsync(http, id, request, details, viewer, cancellationToken),
            _ => ReadAsync(request, viewer.ProfileId!, cancellationToken),
            cancellationToken);
        return report is null ? refusal! : TypedResults.Created("/api/me/reports", report);
    }

    private static Error? Problem(NewReport request, string details) => new Validation()
        .Require(request.Subject is not null, "subject", "Say what it is about.")
        .Require(request.Subject is null or { Type: SubjectType.Post or SubjectType.Profile or SubjectType.Media }, "subject.type", "One of post, profile, media.")
        .Require(request.Subject is null or { Id.Length: > 0 }, "subject.id", "Say which.")
        .Require(request.Clause is not null, "clause", "Say which rule it breaks.")
        .Note("details", TextLength.Problem(details, MaxDetails, required: false))
        .Require(request.Posts is not { Count: > MaxPosts }, "posts", $"At most {MaxPosts} posts.")
        .Require((request.Posts ?? []).All(id => OwnedIds.TryParse(id, out _)), "posts", "Ids of posts.")
        .Error;

    private async Task<Outcome<Report>> ReadAsync(NewReport request, string me, CancellationToken cancellationToken) =>
        await documents.FindAsync<ReportDocument>(new SubjectRef(request.Subject!.Type!.Value, request.Subject.Id!).CaseId, me, cancellationToken) is { } report
            ? Report.Of(report)
            : new Missing("report");

    private async Task<Outcome<Report>> CreateAsync(HttpRequest http, string id, NewReport request, string details, Viewer viewer, CancellationToken cancellationToken)
    {
        var me = viewer.ProfileId!;
        var subject = new SubjectRef(request.Subject!.Type!.Value, request.Subject.Id!);
        if (!subject.IsWellFormed || !await subjects.Of(subject.Type).IsSeenAsync(subject.Id, viewer, cancellationToken))
        {
            // What they reported while they saw it stays theirs.
            return subject.IsWellFormed && await documents.FindAsync<ReportDocument>(subject.CaseId, me, cancellationToken) is { } earlier
                ? Report.Of(earlier)
                : new Missing("subject");
        }

        if (subject.OwnerId == me)
        {
            return new OwnSubject();
        }

        var stands = await documents.FindAsync<ReportDocument>(subject.CaseId, me, cancellationToken);
        if (stands is null || await IsNewsAsync(stands, id, request.Clause!.Value, subject, cancellationToken))
        {
            if (await limits.ChargeAsync(http, Bucket.Reports) is { } limited)
            {
                return limited;
            }

            var report = ReportOf(id, request, details, subject, viewer) is var first && stands is null ? first : first with
            {
                Earlier = [.. stands.Earlier, stands.Clause],
                After = stands.Answer!.DecisionId,
                ModeratorAccount = first.ModeratorAccount ?? stands.ModeratorAccount,
                ETag = stands.ETag,
                Revision = stands.Revision,
            };
            var written = (stands is null ? await documents.CreateAsync(report, cancellationToken) : await documents.ReplaceAsync(report, cancellationToken)).NotThrottled();
            if (written.IsDone && stands is not null)
            {
                await documents.DeleteAsync<OwnReportDocument>(me, stands.ReportId, cancellationToken);
            }

            // Whoever was faster elsewhere reported the same thing.
            stands = written.Document ?? await documents.FindAsync<ReportDocument>(subject.CaseId, me, cancellationToken) ?? report;
        }

        // Before the answer, so that it stands in the list from here on; should this fail, the pipeline does it.
        await documents.UpsertManyAsync([OwnReportDocument.Of(stands)], cancellationToken);
        return Report.Of(stands);
    }

    /// <summary>
    /// Whether there is something to say that the answer to an earlier report does not cover: the thing has changed since, or the rule is another one. What
    /// waits for an answer, and what this very request made, is the report already.
    /// </summary>
    private async ValueTask<bool> IsNewsAsync(ReportDocument earlier, string id, Clause clause, SubjectRef subject, CancellationToken cancellationToken) =>
        !earlier.IsWaiting
        && string.CompareOrdinal(earlier.ReportId, id) < 0
        && (clause != earlier.Clause
            || (await subjects.Of(subject.Type).EditionAsync(subject.Id, cancellationToken) is { } edition
                && await documents.FindAsync<CaseFileDocument>(subject.CaseId, subject.CaseId, cancellationToken) is { Decision.Edition: { } decided }
                && edition != decided));

    private ReportDocument ReportOf(string id, NewReport request, string details, SubjectRef subject, Viewer viewer)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Id = viewer.ProfileId!,
            CaseId = subject.CaseId,
            ReportId = id,
            ModeratorAccount = viewer.IsModerator ? CaseModerator.Of(viewer, secret).Account : null,
            Clause = request.Clause!.Value,
            Details = TextLength.IsBlank(details) ? null : details,
            Posts = [.. (request.Posts ?? []).OfType<string>().Distinct(StringComparer.Ordinal)],
            At = now,
            WorkSince = now,
            TraceParent = Activity.Current?.Id,
        };
    }
}
