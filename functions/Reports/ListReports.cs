using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Reports;

/// <summary>Shows people what became of their reports.</summary>
public sealed class ListReports(IDocumentStore documents, Cursors cursors)
{
    /// <summary>List your reports and what became of them, newest first.</summary>
    [Function(nameof(ListReports))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Report>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/reports")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var list = $"reports/{me}";
        var (page, error) = PageRequest.Read(http, cursors, list);
        if (error is not null)
        {
            return error;
        }

        var own = await documents.QueryAsync<OwnReportDocument>(new DocumentQuery(me, page.Limit) { Descending = true }.After(page.After), cancellationToken);
        var loaded = await documents.ReadManyAsync([.. own.Items.Select(entry => DocumentKey.Of<ReportDocument>(entry.CaseId, me))], cancellationToken);
        var reports = own.Items.Select(entry => loaded.Get<ReportDocument>(entry.CaseId, me) is { } report && report.ReportId == entry.Id ? Report.Of(report) : null).ToList();
        return TypedResults.Ok(page.Of(own, reports, cursors, list));
    }
}
