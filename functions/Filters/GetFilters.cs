using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Filters;

/// <summary>Lists the caller's filters.</summary>
public sealed class GetFilters(IDocumentStore documents, Cursors cursors)
{
    /// <summary>List your filters, the oldest first.</summary>
    /// <remarks>Those that have ended by themselves come too, until you delete them.</remarks>
    [Function(nameof(GetFilters))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Filter>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/filters")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var list = $"filters:{me}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        var found = await documents.FindAsync<FiltersDocument>(me, FiltersDocument.FiltersId, cancellationToken);
        var (items, next) = page.CutFrom(found?.Filters ?? [], Filter.Of, filter => filter.Id);
        return TypedResults.Ok(new Page<Filter>(items, cursors.Make(list, next)));
    }
}
