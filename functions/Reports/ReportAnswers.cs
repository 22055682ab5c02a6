using ServerlessSocial.Moderation;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Reports;

/// <summary>Answers reports once their case is decided, and shows moderators what was said in them.</summary>
public sealed class ReportAnswers(IDocumentStore documents, Notifier notifier)
{
    private const int MostStatements = 20;
    private const int PageSize = 100;

    /// <summary>Tells everybody who reported it what was decided: any number of times.</summary>
    public Task AnswerAsync(CaseFileDocument file, CaseDecision decision, CancellationToken cancellationToken) => AnswerAsync(
        file, new(decision.Id, decision.Act, decision.Reason, decision.At), report => report.IsAnsweredBy(decision), cancellationToken);

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

    private static NotificationDocument NotificationOf(ReportDocument report, ReportAnswer answer) => new()
    {
        Id = NotificationDocument.IdOf(answer.DecisionId, NotificationKind.Report),
        OwnerId = report.Id,
        Kind = NotificationKind.Report,
        Text = answer.Act switch
        {
            null => "What you reported is no longer there.",
            ModerationAct.Remove => "What you reported was taken down.",
            ModerationAct.Limit => "What you reported is not spread any more.",
            _ => "A person looked at what you reported and found nothing to do. You can contest that.",
        },
        CreatedAt = answer.At,
    };
}
