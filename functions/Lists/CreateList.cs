using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Lists;

/// <summary>Makes a list.</summary>
public sealed class CreateList(IDocumentStore documents, ListKeeper lists, Idempotency idempotency)
{
    /// <summary>Make a list of people to read by themselves.</summary>
    /// <remarks>It is yours alone: nobody learns of it, of its name, or of being in it. At most 50 lists.</remarks>
    [Function(nameof(CreateList))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(NewList))]
    [Idempotent]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Created<ProfileList>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "lists")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadJsonAsync<NewList>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var name = NewList.Clean(request.Name);
        if (NewList.Problem(name) is { } invalid)
        {
            return invalid;
        }

        var me = http.Me();
        var (list, refused) = await idempotency.OnceAsync<StoredList>(
            http,
            http.Caller()!,
            request,
            id => CreateAsync(me, new StoredList(id, name, request.RepliesPolicy ?? RepliesPolicy.List, 1), cancellationToken),
            id => ReadAsync(me, id, cancellationToken),
            cancellationToken);
        if (list is null)
        {
            return refused!;
        }

        EntityTag.Set(http, list.Edition);
        return TypedResults.Created($"/api/lists/{list.Id}", ProfileList.Of(list));
    }

    private async Task<Outcome<StoredList>> CreateAsync(string me, StoredList list, CancellationToken cancellationToken)
    {
        await lists.ForgetDeletedAsync(me, cancellationToken);
        var written = await documents.SetAsync<ListsDocument>(me, ListsDocument.ListsId, Add, cancellationToken);
        return written?.Find(list.Id) is { } created ? created : new TooManyLists();

        // One that is there already was made by this very request, which did not live to answer.
        ListsDocument Add(ListsDocument? found) => (found ?? ListsDocument.For(me)) is var mine && (mine.Lists.Any(other => other.Id == list.Id) || mine.Lists.Count >= ListsDocument.MostLists)
            ? mine
            : mine.With(list);
    }

    private async Task<Outcome<StoredList>> ReadAsync(string me, string id, CancellationToken cancellationToken) =>
        await lists.FindAsync(me, id, cancellationToken) is { } list ? list : new Missing("list");
}
