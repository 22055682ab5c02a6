using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Lists;

/// <summary>Changes a list of the caller's.</summary>
public sealed class UpdateList(IDocumentStore documents)
{
    /// <summary>Change a list of yours.</summary>
    /// <remarks>Fields that are left out stay as they are. Send the ETag of GET /lists/{id} as If-Match; members do not change it.</remarks>
    [Function(nameof(UpdateList))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(ListChanges))]
    [IfMatch]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    public async Task<Results<Ok<ProfileList>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "lists/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (changes, unreadable) = await http.ReadJsonAsync<ListChanges>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        if (changes.Name is not null && NewList.Problem(NewList.Clean(changes.Name)) is { } invalid)
        {
            return invalid;
        }

        while (true)
        {
            var found = await documents.FindAsync<ListsDocument>(http.Me(), ListsDocument.ListsId, cancellationToken);
            if (found?.Find(id) is not { } list)
            {
                return new Missing("list");
            }

            if (EntityTag.Check(http, list.Edition) is { } refused)
            {
                return refused;
            }

            // Another list, which stands in the same document, may be changed at the same time.
            var changed = changes.ApplyTo(list);
            if (ReferenceEquals(changed, list) || (await documents.ReplaceAsync(found.With(changed), cancellationToken)).NotThrottled().IsDone)
            {
                EntityTag.Set(http, changed.Edition);
                return TypedResults.Ok(ProfileList.Of(changed));
            }
        }
    }
}
