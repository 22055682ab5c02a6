using System.Globalization;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Reports;

/// <summary>Counts reports, and contests of their answers, in their case.</summary>
public sealed class FileReport(IDocumentStore documents, Worker worker)
{
    private const string ReportsCounter = "reports";
    private const string ContestsCounter = "contests";
    private const string ClausePrefix = "clause:";

    /// <summary>Runs for a report that its case does not know yet.</summary>
    [Function(nameof(FileReport))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ReportPipeline.Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<ReportPipeline, ReportDocument>(ReportPipeline.Queue, message, report => FileAsync(report, cancellationToken), cancellationToken);

    private async Task FileAsync(ReportDocument report, CancellationToken cancellationToken)
    {
        await documents.UpsertManyAsync([OwnReportDocument.Of(report)], cancellationToken);
        // Each person counts once, whatever is repeated; the case takes over what the counters have come to.
        await documents.TallyAsync(FactsOf(report), cancellationToken);
        var counted = await documents.FindAsync<StatsDocument>(report.CaseId, StatsDocument.CountersId, cancellationToken);
        if (counted is null || !SubjectRef.TryParse(report.CaseId, out var subject))
        {
            throw new StaleReadException(ReportPipeline.Queue, report.Revision, null);
        }

        await documents.SetAsync<CaseFileDocument>(
            report.CaseId, report.CaseId, found => Counted(found ?? CaseFileDocument.Of(subject, report.At), report, counted), cancellationToken);
        await documents.UpdateReadAsync(
            report,
            now => now.ReportId == report.ReportId ? now with { Filed = true, ContestFiled = now.ContestFiled || report.Contest is not null } : null,
            cancellationToken);
    }

    /// <summary>What a report counts for in its case: one that replaced an answered one counts anew, so that the case waits again. Pure.</summary>
    internal static IReadOnlyList<Tally> FactsOf(ReportDocument report) => FactsOf(report, report.Clause, report.Earlier.Count, report.Contest is not null);

    /// <summary>Everything that a person's reports of one thing may have counted for. Pure.</summary>
    internal static IEnumerable<Tally> AllFactsOf(ReportDocument report) =>
        report.Earlier.Append(report.Clause).SelectMany((clause, round) => FactsOf(report, clause, round, isContested: true));

    private static IReadOnlyList<Tally> FactsOf(ReportDocument report, Clause clause, int round, bool isContested)
    {
        var fact = round == 0 ? report.Id : string.Create(CultureInfo.InvariantCulture, $"{report.Id}:{round}");
        return
        [
            new(report.CaseId, ReportsCounter, fact, true, 1),
            new(report.CaseId, $"{ClausePrefix}{clause}", fact, true, 1),
            .. isContested ? (Tally[])[new(report.CaseId, ContestsCounter, fact, true, 1)] : [],
        ];
    }

    /// <summary>The case with what has been counted by now; counters only grow. Pure.</summary>
    internal static CaseFileDocument Counted(CaseFileDocument file, ReportDocument report, StatsDocument counted)
    {
        var (reports, contests) = (Math.Max(file.Reports, counted[ReportsCounter]), Math.Max(file.Contests, counted[ContestsCounter]));
        var clauses = Enum.GetValues<Clause>().Where(clause => counted[$"{ClausePrefix}{clause}"] > 0).ToList();
        return file with
        {
            Reports = reports,
            ReportedSince = reports > file.ReportsAnswered ? file.ReportedSince ?? report.At : null,
            ReporterAccounts = report.ModeratorAccount is { } account && !file.ReporterAccounts.Contains(account) ? [.. file.ReporterAccounts, account] : file.ReporterAccounts,
            Clauses = clauses.SequenceEqual(file.Clauses) ? file.Clauses : clauses,
            Contests = contests,
            ContestedSince = contests > file.ContestsAnswered ? file.ContestedSince ?? report.Contest?.At ?? report.At : null,
        };
    }
}
