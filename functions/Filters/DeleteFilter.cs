using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Filters;

/// <summary>Deletes a filter of the caller's.</summary>
public sealed class DeleteFilter(IDocumentStore documents)
{
    /// <summary>Delete a filter of yours.</summary>
    /// <remarks>Posts that it hid come again where they stood, and notifications of them.</remarks>
    [Function(nameof(DeleteFilter))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me/filters/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var wasThere = false;
        await documents.UpdateAsync<FiltersDocument>(
            http.Me(),
            FiltersDocument.FiltersId,
            found =>
            {
                wasThere |= found.Find(id) is not null;
                return found.Without(id);
            },
            cancellationToken);
        return wasThere ? TypedResults.NoContent() : new Missing("filter");
    }
}
