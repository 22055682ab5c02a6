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
        return TypedResults.Ok(page.Of(found, await reader.ShapeAsync(found.Items, cancellationToken), cursors, list));
    }
}
