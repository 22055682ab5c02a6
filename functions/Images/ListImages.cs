using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Images;

/// <summary>Lists what a person had drawn.</summary>
public sealed class ListImages(IDocumentStore documents, ImageJobReader reader, Cursors cursors)
{
    /// <summary>List your image jobs, newest first.</summary>
    [Function(nameof(ListImages))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<ImageJob>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/images")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var list = $"images:{me}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        var query = new DocumentQuery(me, page.Limit) { From = Ids.First, To = Ids.End, Descending = true };
        var found = await documents.QueryAsync<ImageJobDocument>(query.After(page.After), cancellationToken);
        var items = await reader.ShapeAsync(found.Items, cancellationToken);
        var count = page.Budget.TakeOf(items);
        return TypedResults.Ok(new Page<ImageJob>([.. items.Take(count)], cursors.Make(list, count < items.Count ? found.Items[count - 1].Id : found.Next)));
    }
}
