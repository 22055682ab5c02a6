using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Reports;

namespace ServerlessSocial.Moderation;

/// <summary>Where moderators take cases and decide in them.</summary>
public sealed class CaseDesk(IDocumentStore documents, Subjects subjects, AuditLog audit, ServiceKey secret, TimeProvider time)
{
    /// <summary>Gives a case to a moderator for a while: nobody else works on it then.</summary>
    public async Task<Outcome<CaseFileDocument>> ClaimAsync(SubjectRef subject, Viewer viewer, CancellationToken cancellationToken)
    {
        var moderator = CaseModerator.Of(viewer, secret);
        var recorded = false;
        while (true)
        {
            var file = await documents.FindAsync<CaseFileDocument>(subject.CaseId, subject.CaseId, cancellationToken);
            if (file is null || !CaseRules.IsOpen(file))
            {
                return new Missing("case");
            }

            var now = time.GetUtcNow();
            var current = await subjects.Of(subject.Type).AsOfNowAsync(file, cancellationToken);
            if (await RefusalAsync(current, moderator, now, decision: null, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            if (!recorded)
            {
                await audit.AppendAsync(moderator.ProfileId, AuditAct.Claim, file.Id, null, cancellationToken);
                recorded = true;
            }

            var claimed = (await documents.ReplaceAsync(file with { Claim = new(moderator.ProfileId, now + CaseRules.Lease) }, cancellationToken)).NotThrottled();
            if (claimed is { IsDone: true, Document: { } written })
            {
                return written;
            }
        }
    }

    /// <summary>
    /// Decides in a case. One that nobody opened comes to be if the moderator sees its subject as anybody does; what is private has to be held,
    /// reported or appealed first.
    /// </summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="decision">The decision. The same one again changes nothing.</param>
    /// <param name="viewer">Who decides.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The case as it is now, or the error to answer with.</returns>
    public async Task<Outcome<CaseFileDocument>> DecideAsync(SubjectRef subject, CaseDecision decision, Viewer viewer, CancellationToken cancellationToken)
    {
        var moderator = CaseModerator.Of(viewer, secret);
        var recorded = false;
        while (true)
        {
            var file = await documents.FindAsync<CaseFileDocument>(subject.CaseId, subject.CaseId, cancellationToken);
            if (file is { Gone: true } || (file is null && !await subjects.Of(subject.Type).IsSeenAsync(subject.Id, viewer, cancellationToken)))
            {
                return new Missing("case");
            }

            if (file?.Decision is { } last && last.Id == decision.Id)
            {
                return file;
            }

            decision = Behind(file?.Decision, decision);

            // As its subject says now: an appeal that was made a moment ago is known there, and may not have reached the case.
            var before = await subjects.Of(subject.Type).AsOfNowAsync(file ?? CaseFileDocument.Of(subject, decision.At), cancellationToken);
            if (before.Gone)
            {
                return new Missing("case");
            }

            if (await RefusalAsync(before, moderator, decision.At, decision, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            var (prepared, problem) = await subjects.Of(subject.Type).PrepareAsync(before, decision, cancellationToken);
            if (prepared is null)
            {
                return problem!;
            }

            if (CaseRules.IsRepeated(before, prepared))
            {
                return before;
            }

            if (await ObjectionAsync(before, moderator, prepared, cancellationToken) is { } objection)
            {
                return objection;
            }

            if (!recorded)
            {
                // First the trail, then the act: what fails in between leaves an entry of an act that was not, and never the other way round.
                await audit.AppendAsync(decision.ModeratorId, AuditAct.Decide, before.Id, DetailOf(decision), cancellationToken);
                recorded = true;
            }

            var decided = CaseRules.Decided(before, prepared, moderator) with { TraceParent = Activity.Current?.Id };
            if (await WriteAsync(file, decided, cancellationToken) is { } stored)
            {
                return stored;
            }
        }
    }

    /// <summary>A decision later than the last one, whatever clock or moment it was made at: the case and what it is about take whichever is later by its id.</summary>
    private static CaseDecision Behind(CaseDecision? last, CaseDecision decision) =>
        last is not null && string.CompareOrdinal(last.Id, decision.Id) > 0 ? decision with { Id = Ids.Behind(last.Id) } : decision;

    /// <summary>Writes what was decided on a case as it was read; null where somebody was faster.</summary>
    private async Task<CaseFileDocument?> WriteAsync(CaseFileDocument? file, CaseFileDocument decided, CancellationToken cancellationToken)
    {
        var written = (file is null ? await documents.CreateAsync(decided, cancellationToken) : await documents.ReplaceAsync(decided, cancellationToken)).NotThrottled();
        if (written is not { IsDone: true, Document: { } stored })
        {
            return null;
        }

        // Before the answer, so that it holds from here on; should this fail, the pipeline does it.
        await subjects.Of(stored.Subject.Type).ApplyAsync(stored, cancellationToken);
        return stored;
    }

    /// <summary>Why a moderator may not work on a case; a report of theirs counts from the moment it is made, and the case may not know of it yet.</summary>
    private async ValueTask<Error?> RefusalAsync(
        CaseFileDocument file, CaseModerator moderator, DateTimeOffset now, CaseDecision? decision, CancellationToken cancellationToken) =>
        CaseRules.Refusal(file, moderator, now, decision) is { } refusal ? refusal
        : file.SubjectType != SubjectType.Account && await documents.FindAsync<ReportDocument>(file.Id, moderator.ProfileId, cancellationToken) is not null ? new OwnReport()
        : null;

    /// <summary>Why a decision that says something new is not taken. To keep what nothing is open about is to decide in a case that cannot be taken either.</summary>
    private async ValueTask<Error?> ObjectionAsync(CaseFileDocument file, CaseModerator moderator, CaseDecision prepared, CancellationToken cancellationToken) =>
        CaseRules.IsOverturned(file, moderator, prepared) ? new Overturned()
        : prepared.Act == ModerationAct.Keep && !CaseRules.IsOpen(file) && !await subjects.Of(file.SubjectType).IsInDoubtAsync(file.SubjectId, cancellationToken) ? new Missing("case")
        : null;

    private static string DetailOf(CaseDecision decision) =>
        string.Join(' ', new[] { decision.Id, decision.Act.ToString(), decision.Clause?.ToString(), decision.Until?.UtcDateTime.ToString("O", null) }.OfType<string>());
}
