using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Reports;

namespace ServerlessSocial.Moderation;

/// <summary>
/// What becomes of the cases of something whose owner's account is deleted: that something was decided, when, by whom and how, is kept as long as
/// the law asks; whose it was and every text goes, and so do the moderators' file with its places, and the reports in it.
/// </summary>
public sealed class CaseErasure(IDocumentStore documents, IOptions<PrivacyOptions> options, IOptions<ModerationOptions> moderation)
{
    private const int PageSize = 50;

    /// <summary>Erases a page of what stands by a thing's case, then moves a page of the statements to where they name nobody.</summary>
    /// <returns>Whether there are more.</returns>
    public async Task<bool> ErasePageAsync(SubjectRef subject, string goneId, CancellationToken cancellationToken) =>
        await EraseFilePageAsync(subject.CaseId, cancellationToken) || await EraseStatementsPageAsync(subject.Id, goneId, cancellationToken);

    /// <summary>The file last: it tells that there are reports.</summary>
    private async Task<bool> EraseFilePageAsync(string caseId, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<CaseFileDocument>(caseId, caseId, cancellationToken) is not { } file)
        {
            return false;
        }

        if (file.Reports > 0)
        {
            var reports = await documents.QueryAsync<ReportDocument>(new DocumentQuery(caseId, PageSize), cancellationToken);
            await documents.DeleteManyAsync(
                [
                    .. reports.Items.Select(report => DocumentKey.Of<OwnReportDocument>(report.Id, report.ReportId)),
                    .. reports.Items.Select(report => DocumentKey.Of<ReportDocument>(caseId, report.Id)),
                ],
                cancellationToken);
            if (reports.HasMore || await documents.ErasePageAsync<StatsDocument>(caseId, cancellationToken))
            {
                return true;
            }
        }

        // Places it has, and those it is about to have.
        var places = file.Listed.Union(CaseRules.PlacesOf(file)).SelectMany(place => ReviewDocument.KeysOf(place, moderation.Value.ReviewShards)).ToList();
        if (places.Count > 0)
        {
            await documents.DeleteManyAsync(places, cancellationToken);
        }

        await documents.DeleteAsync<CaseFileDocument>(caseId, caseId, cancellationToken);
        return false;
    }

    private async Task<bool> EraseStatementsPageAsync(string subjectId, string goneId, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<CaseDocument>(new DocumentQuery(subjectId, PageSize), cancellationToken);
        await documents.UpsertManyAsync([.. page.Items.Select(item => Bare(item, goneId, options.Value.CaseRetention))], cancellationToken);
        await documents.DeleteManyAsync([.. page.Items.Select(item => DocumentKey.Of<CaseDocument>(subjectId, item.Id))], cancellationToken);
        return page.HasMore;
    }

    private static CaseDocument Bare(CaseDocument item, string goneId, TimeSpan retention) => item with
    {
        SubjectId = item.SubjectId == goneId ? OwnedIds.Nobody : OwnedIds.Without(goneId, item.SubjectId),
        Reason = null,
        Appeal = null,
        ModeratorId = item.ModeratorId == goneId ? null : item.ModeratorId,
        Ttl = (int)retention.TotalSeconds,
    };
}
