using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Lists;

/// <summary>Lists the caller's lists.</summary>
public sealed class GetLists(IDocumentStore documents, Cursors cursors)
{
    /// <summary>List your lists, the oldest first.</summary>
    [Function(nameof(GetLists))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<ProfileList>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "lists")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var name = $"lists:{me}";
        var (page, invalid) = PageRequest.Read(http, cursors, name);
        if (invalid is not null)
        {
            return invalid;
        }

        var found = await documents.FindAsync<ListsDocument>(me, ListsDocument.ListsId, cancellationToken);
        var (items, next) = page.CutFrom(found?.Standing ?? [], ProfileList.Of, list => list.Id);
        return TypedResults.Ok(new Page<ProfileList>(items, cursors.Make(name, next)));
    }
}
