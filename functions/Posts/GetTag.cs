using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Posts;

/// <summary>Lists the posts under a tag.</summary>
public sealed class GetTag(PostPager pager, TagSpans spans, Cursors cursors)
{
    /// <summary>List public posts with a hashtag, newest first.</summary>
    /// <remarks>The tag is given without its sign; upper and lower case and compatible forms of a letter are the same tag.</remarks>
    [Function(nameof(GetTag))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Post>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "tags/{tag}")] HttpRequest http, string tag, CancellationToken cancellationToken)
    {
        if (TextEntities.NormalizeTag(tag) is not { } name)
        {
            return new InvalidFields("tag", "This cannot be a hashtag.");
        }

        var list = $"tag:{name}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        return invalid is not null
            ? invalid
            : TypedResults.Ok(await pager.ReadAsync<TagEntry>(
                list, page, await spans.RangesAsync(name, page.After, cancellationToken), entry => new PostReference(entry.Id, Place.Tag), Viewer.Of(http), cancellationToken));
    }
}
