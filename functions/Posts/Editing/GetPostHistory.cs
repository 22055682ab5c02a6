using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts.Editing;

/// <summary>Shows what a post said before it was edited.</summary>
public sealed class GetPostHistory(IDocumentStore documents, PostReader reader, Cursors cursors)
{
    /// <summary>List what a post says and said, newest first.</summary>
    /// <remarks>Everybody who may see the post may see its history. The first is what it says now.</remarks>
    [Function(nameof(GetPostHistory))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<PostVersion>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{id}/history")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var list = $"history:{id}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await reader.FindAsync(id, Viewer.Of(http), Place.Post, cancellationToken) is not { } post)
        {
            return new Missing("post");
        }

        var found = post.Edits == 0
            ? new([], false)
            : await documents.QueryAsync<PostVersionDocument>(new DocumentQuery(id, page.Limit) { Descending = true }.After(page.After), cancellationToken);
        List<PostVersion> items = [.. page.After is null ? [PostVersion.Of(post)] : Array.Empty<PostVersion>(), .. found.Items.Select(version => version.Version)];
        var first = page.After is null ? 1 : 0;
        var count = Math.Min(page.Limit, page.Budget.TakeOf(items));
        var last = count - first > 0 ? found.Items[count - first - 1].Id : page.After ?? Newest;
        return TypedResults.Ok(new Page<PostVersion>([.. items.Take(count)], count < items.Count || found.HasMore ? cursors.Make(list, last) : null));
    }

    /// <summary>Behind every version.</summary>
    private const string Newest = ":";
}
