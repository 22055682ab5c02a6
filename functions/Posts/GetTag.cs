using ServerlessSocial.Filters;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts.Text;
using ServerlessSocial.Tags;

namespace ServerlessSocial.Posts;

/// <summary>A page of posts under a hashtag.</summary>
/// <param name="Items">Posts, newest first.</param>
/// <param name="Next">Cursor of the next page; left out on the last one.</param>
/// <param name="Viewer">How the caller stands to the tag; left out when nobody is signed in.</param>
public sealed record TagPage(IReadOnlyList<Post> Items, string? Next, TagViewer? Viewer) : IListed;

/// <summary>How the caller stands to a hashtag.</summary>
/// <param name="Following">Follows it.</param>
/// <param name="Muted">Has a filter for it.</param>
public sealed record TagViewer(bool Following, bool Muted);

/// <summary>Lists the posts under a tag.</summary>
public sealed class GetTag(IDocumentStore documents, PostPager pager, TagSpans spans, Cursors cursors, TimeProvider time)
{
    /// <summary>List public posts with a hashtag, newest first.</summary>
    /// <remarks>The tag is given without its sign; upper and lower case and compatible forms of a letter are the same tag.</remarks>
    [Function(nameof(GetTag))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<TagPage>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "tags/{tag}")] HttpRequest http, string tag, CancellationToken cancellationToken)
    {
        if (TextEntities.NormalizeTag(tag) is not { } name)
        {
            return new InvalidFields("tag", "This cannot be a hashtag.");
        }

        var list = $"tag:{name}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        var posts = await pager.ReadAsync<TagEntry>(
            list, page, await spans.RangesAsync(name, page.After, cancellationToken), entry => new PostReference(entry.Id, Place.Tag), Viewer.Of(http), cancellationToken);
        return TypedResults.Ok(new TagPage(posts.Items, posts.Next, await ViewerAsync(http.ViewerId(), name, cancellationToken)));
    }

    private async ValueTask<TagViewer?> ViewerAsync(string? me, string tag, CancellationToken cancellationToken)
    {
        if (me is null)
        {
            return null;
        }

        var loaded = await documents.ReadManyAsync([FollowedTagsDocument.KeyOf(me), FiltersDocument.KeyOf(me)], cancellationToken);
        return new(
            loaded.Get<FollowedTagsDocument>(me, FollowedTagsDocument.TagsId)?.Holds(tag) == true,
            loaded.Get<FiltersDocument>(me, FiltersDocument.FiltersId)?.MutesTag(tag, time.GetUtcNow()) == true);
    }
}
