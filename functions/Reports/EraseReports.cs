using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Reports;

/// <summary>Erases what a person reported, with the marks that it was counted. How many reported a thing stays counted in its case, which names nobody.</summary>
public sealed class EraseReports(IDocumentStore documents) : IErasureStep
{
    private const int PageSize = 50;

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        if (!person.IsFinal)
        {
            return new(null);
        }

        var me = person.ProfileId;
        var page = await documents.QueryAsync<OwnReportDocument>(new DocumentQuery(me, PageSize).After(after), cancellationToken);
        var loaded = await documents.ReadManyAsync([.. page.Items.Select(own => DocumentKey.Of<ReportDocument>(own.CaseId, me))], cancellationToken);
        var isAtRest = true;
        foreach (var own in page.Items)
        {
            if (loaded.Get<ReportDocument>(own.CaseId, me) is not { } report)
            {
                continue;
            }

            if (ReportPipeline.Next(report).Count > 0)
            {
                // It is still to be counted, on its word.
                isAtRest = false;
                continue;
            }

            await documents.DeleteManyAsync(
                [
                    .. FileReport.AllFactsOf(report).Select(fact => DocumentKey.Of<TallyMark>(fact.SubjectId, fact.MarkId)),
                    DocumentKey.Of<ReportDocument>(report.CaseId, report.Id),
                ],
                cancellationToken);
        }

        return new(page.Next, isAtRest);
    }
}
