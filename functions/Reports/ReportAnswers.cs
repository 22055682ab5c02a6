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
    public async Task AnswerAsync(CaseFileDocument file, CaseDecision decision, CancellationToken cancellationToken)
    {
        if (file.Reports == 0)
        {
            return;
        }

        var answer = new ReportAnswer(decision.Id, decision.Act, decision.Reason, decision.At);
        await foreach (var report in documents.QueryAllAsync<ReportDocument>(new DocumentQuery(file.Id, PageSize), cancellationToken))
        {
            if (!report.IsAnsweredBy(decision))
            {
                continue;
            }

            await notifier.TellAsync([NotificationOf(report, decision)], cancellationToken);
            await documents.UpdateReadAsync(report, now => now.IsAnsweredBy(decision) ? now with { Answer = answer } : null, cancellationToken);
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

    private static NotificationDocument NotificationOf(ReportDocument report, CaseDecision decision) => new()
    {
        Id = NotificationDocument.IdOf(decision.Id, NotificationKind.Report),
        OwnerId = report.Id,
        Kind = NotificationKind.Report,
        Text = decision.Act switch
        {
            ModerationAct.Remove => "What you reported was taken down.",
            ModerationAct.Limit => "What you reported is not spread any more.",
            _ => "A person looked at what you reported and found nothing to do. You can contest that.",
        },
        CreatedAt = decision.At,
    };
}
