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
    [property: Required] ReportedSubject? Subject = null, [property: Required] Clause? Clause = null, string? Details = null, IReadOnlyList<string?>? Posts = null);

/// <summary>Takes reports (Regulation (EU) 2022/2065, article 16).</summary>
public sealed class CreateReport(IDocumentStore documents, Subjects subjects, ServiceKey secret, Idempotency idempotency, TimeProvider time)
{
    private const int MaxDetails = 1_000;
    private const int MaxPosts = 10;

    /// <summary>Report a post, a profile or a picture.</summary>
    /// <remarks>
    /// The answer is the receipt; <c>GET /me/reports</c> and a notification tell the outcome. Whoever is reported never learns by whom. What you
    /// report again is answered with your first report. Blocks keep nobody from reporting what everyone may see.
    /// </remarks>
    [Function(nameof(CreateReport))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reports)]
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
            http, http.Caller()!, request, id => CreateAsync(id, request, details, viewer, cancellationToken), cancellationToken);
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

    private async Task<Outcome<Report>> CreateAsync(string id, NewReport request, string details, Viewer viewer, CancellationToken cancellationToken)
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

        var now = time.GetUtcNow();
        var report = new ReportDocument
        {
            Id = me,
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
        var created = (await documents.CreateAsync(report, cancellationToken)).NotThrottled();
        var stands = created.Document ?? await documents.FindAsync<ReportDocument>(subject.CaseId, me, cancellationToken) ?? report;

        // Before the answer, so that it stands in the list from here on; should this fail, the pipeline does it.
        await documents.UpsertManyAsync([OwnReportDocument.Of(stands)], cancellationToken);
        return Report.Of(stands);
    }
}
