using ServerlessSocial.Moderation;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Reports;

/// <summary>Answers reports once their case is decided, and shows moderators what was said in them.</summary>
public sealed class ReportAnswers(IDocumentStore documents, Notifier notifier)
{
    private const int MostStatements = 20;
    private const int PageSize = 100;

    /// <summary>Tells everybody who reported it what was decided, also whom an earlier decision told something else: any number of times.</summary>
    public Task AnswerAsync(CaseFileDocument file, CaseDecision decision, CancellationToken cancellationToken) => AnswerAsync(
        file, new(decision.Id, decision.Act, decision.Reason, decision.At), report => report.IsAnsweredBy(decision) || report.IsTurnedBy(decision), cancellationToken);

    /// <summary>Tells everybody who reported it and waits that it is gone: any number of times.</summary>
    /// <param name="file">The case.</param>
    /// <param name="closedId">Time-ordered id of this answer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task CloseAsync(CaseFileDocument file, string closedId, CancellationToken cancellationToken) => AnswerAsync(
        file, new(closedId, null, "It is no longer there: it was deleted before a person could decide.", Ids.TimeOf(closedId)), report => report.IsWaiting, cancellationToken);

    private async Task AnswerAsync(CaseFileDocument file, ReportAnswer answer, Func<ReportDocument, bool> answers, CancellationToken cancellationToken)
    {
        if (file.Reports == 0)
        {
            return;
        }

        await foreach (var report in documents.QueryAllAsync<ReportDocument>(new DocumentQuery(file.Id, PageSize), cancellationToken))
        {
            if (!answers(report))
            {
                continue;
            }

            await notifier.TellAsync([NotificationOf(report, answer)], cancellationToken);
            await documents.UpdateReadAsync(report, now => answers(now) ? now with { Answer = answer } : null, cancellationToken);
        }
    }

    /// <summary>What those said who reported something: the first twenty, those who contest the answer first. Without a trace of who they are.</summary>
    public async Task<IReadOnlyList<ReportStatement>> StatementsAsync(string caseId, CancellationToken cancellationToken)
    {
        var found = await documents.QueryAsync<ReportDocument>(new DocumentQuery(caseId, PageSize), cancellationToken);
        return
        [
            .. found.Items
                .OrderByDescending(report => report.Contest is not null && !report.IsFinal)
                .ThenBy(report => report.At)
                .Take(MostStatements)
                .Select(report => new ReportStatement(report.Clause, report.Details, report.Posts, report.Contest?.Text, report.At)),
        ];
    }

    private static string Contestable(ReportDocument report) => report.Contest is null ? " You can contest that." : string.Empty;

    private static NotificationDocument NotificationOf(ReportDocument report, ReportAnswer answer) => new()
    {
        Id = NotificationDocument.IdOf(answer.DecisionId, NotificationKind.Report),
        OwnerId = report.Id,
        Kind = NotificationKind.Report,
        Text = (answer.Act, Again: report.Answer is not null) switch
        {
            (null, _) => "What you reported is no longer there.",
            (ModerationAct.Remove, false) => "What you reported was taken down.",
            (ModerationAct.Remove, true) => "What you reported was looked at again and taken down.",
            (ModerationAct.Limit, false) => "What you reported is not spread any more.",
            (ModerationAct.Limit, true) => "What you reported was looked at again and is not spread any more.",
            (ModerationAct.Restore, true) => $"What you reported was looked at again and is shown as before.{Contestable(report)}",
            _ => $"A person looked at what you reported and found nothing to do.{Contestable(report)}",
        },
        CreatedAt = answer.At,
    };
}
