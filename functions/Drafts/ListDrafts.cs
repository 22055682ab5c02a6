using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Drafts;

/// <summary>Lists drafts.</summary>
public sealed class ListDrafts(IDocumentStore documents, DraftStore drafts, Cursors cursors)
{
    /// <summary>List your drafts, the one begun last first.</summary>
    [Function(nameof(ListDrafts))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Draft>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "drafts")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var list = $"drafts:{me}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        var query = new DocumentQuery(me, page.Limit) { From = Ids.First, To = Ids.End, Descending = true };
        var found = await documents.QueryAsync<DraftDocument>(query.After(page.After), cancellationToken);
        return TypedResults.Ok(page.Of(found, await drafts.ShapeAsync(found.Items, cancellationToken), cursors, list));
    }
}
