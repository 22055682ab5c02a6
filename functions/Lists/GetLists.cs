using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Lists;

/// <summary>Lists the caller's lists.</summary>
public sealed class GetLists(IDocumentStore documents, ListKeeper lists, ProfileFinder profiles, Cursors cursors)
{
    /// <summary>List your lists, the oldest first.</summary>
    [Function(nameof(GetLists))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    [Answers(ErrorKind.NotFound)]
    [QueryParameter("member", "Handle of somebody: each list says whether they are in it.", MaxLength = Handles.MaxLength)]
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

        ProfileDocument? member = null;
        if (http.Query.TryGetValue("member", out var handle))
        {
            member = await profiles.FindAsync(handle.ToString(), Viewer.Of(http), cancellationToken);
            if (member is null)
            {
                return new Missing("profile");
            }
        }

        var found = await documents.FindAsync<ListsDocument>(me, ListsDocument.ListsId, cancellationToken);
        var (items, next) = page.CutFrom(found?.Standing ?? [], ProfileList.Of, list => list.Id);
        if (member is not null)
        {
            var holding = await lists.HoldingAsync(me, [.. items.Select(list => list.Id)], member.Id, cancellationToken);
            items = [.. items.Select(list => list with { Holds = holding.Contains(list.Id) })];
        }

        return TypedResults.Ok(new Page<ProfileList>(items, cursors.Make(name, next)));
    }
}
