using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Moderation;

/// <summary>Reads the decisions on something, newest first.</summary>
public sealed class DecisionList(IDocumentStore documents, Cursors cursors)
{
    /// <summary>Reads the page that a request asks for, once it is known that the caller may.</summary>
    /// <param name="list">Name of the list, for its cursors.</param>
    /// <param name="page">What is asked for.</param>
    /// <param name="subjectId">What was decided on.</param>
    /// <param name="forModerator">Whether to show what is for moderators.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<Page<Decision>> ReadAsync(string list, PageRequest page, string subjectId, bool forModerator, CancellationToken cancellationToken)
    {
        var cases = await documents.QueryAsync<CaseDocument>(new DocumentQuery(subjectId, page.Limit) { Descending = true }.After(page.After), cancellationToken);
        return page.Of(cases, [.. cases.Items.Select(document => Decision.Of(document, forModerator))], cursors, list);
    }
}
