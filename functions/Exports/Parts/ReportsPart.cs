using System.Runtime.CompilerServices;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Reports;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>reports.json</c>: what the person reported, what became of it, and what the person said against that.</summary>
public sealed class ReportsPart(IDocumentStore documents) : IExportPart
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public string Name => "reports";

    /// <inheritdoc/>
    public Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken) =>
        archive.WriteListAsync("reports.json", ReportsAsync(archive.Profile.Id, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<object> ReportsAsync(string me, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<OwnReportDocument>(new DocumentQuery(me, PageSize).After(after), cancellationToken);
            var loaded = await documents.ReadManyAsync([.. page.Items.Select(own => DocumentKey.Of<ReportDocument>(own.CaseId, me))], cancellationToken);
            foreach (var report in page.Items.Select(own => loaded.Get<ReportDocument>(own.CaseId, me) is { } found && found.ReportId == own.Id ? found : null).OfType<ReportDocument>())
            {
                var shown = Report.Of(report);
                yield return new
                {
                    shown.Id,
                    shown.Subject,
                    shown.Clause,
                    shown.Details,
                    shown.Posts,
                    shown.Status,
                    shown.Decision,
                    shown.Reason,
                    shown.CreatedAt,
                    shown.DecidedAt,
                    Contest = report.Contest is { } contest ? new { contest.Text, contest.At } : null,
                };
            }

            if ((after = page.Next) is null)
            {
                yield break;
            }
        }
    }
}
