using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Lists the posts that quote a post.</summary>
public sealed class GetPostQuotes(PostReader reader, PostPager pager, Cursors cursors)
{
    private static readonly string Marks = PostPresenter.QuotesCounter + ':';

    /// <summary>List the posts that quote a post, newest first.</summary>
    /// <remarks>Those that the caller may see, for whoever may see the post itself; none that was detached from it.</remarks>
    [Function(nameof(GetPostQuotes))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Post>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{id}/quotes")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var viewer = Viewer.Of(http);
        if (await reader.FindAsync(id, viewer, Place.Post, cancellationToken) is null)
        {
            return new Missing("post");
        }

        var list = $"quotes:{id}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        // Marks bear the quoting post's id, which sorts by time, also those of quotes for followers only, which are not counted.
        var range = new DocumentQuery(id, page.Limit) { Descending = true }.WithPrefix(Marks);
        return TypedResults.Ok(await pager.ReadAsync<TallyMark>(list, page, [range], mark => new(mark.Fact, Place.Quotes), viewer, cancellationToken));
    }
}
