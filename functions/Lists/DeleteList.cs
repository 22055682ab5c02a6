using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Lists;

/// <summary>Deletes a list of the caller's.</summary>
public sealed class DeleteList(IDocumentStore documents, ListKeeper lists)
{
    /// <summary>Delete a list of yours.</summary>
    [Function(nameof(DeleteList))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "lists/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var wasThere = false;
        await documents.UpdateAsync<ListsDocument>(me, ListsDocument.ListsId, Delete, cancellationToken);
        await lists.ForgetDeletedAsync(me, cancellationToken);
        return wasThere ? TypedResults.NoContent() : new Missing("list");

        ListsDocument Delete(ListsDocument found)
        {
            var list = found.Find(id);
            wasThere |= list is not null;
            return list is null ? found : found.With(list with { Deleted = true });
        }
    }
}
