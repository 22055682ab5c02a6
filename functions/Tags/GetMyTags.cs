using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Tags;

/// <summary>A hashtag that the caller follows.</summary>
/// <param name="Name">The tag, normalised, without its sign.</param>
/// <param name="FollowedAt">Since when.</param>
[Example("""{ "name": "ocean", "followedAt": "2026-11-22T10:15:00.000Z" }""")]
public sealed record FollowedTag(string Name, DateTimeOffset FollowedAt);

/// <summary>Lists the tags that the caller follows.</summary>
public sealed class GetMyTags(IDocumentStore documents, Cursors cursors)
{
    /// <summary>List the hashtags you follow, the one followed last first.</summary>
    [Function(nameof(GetMyTags))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<FollowedTag>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/tags")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var list = $"tags:{me}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        var found = await documents.FindAsync<FollowedTagsDocument>(me, FollowedTagsDocument.TagsId, cancellationToken);
        IReadOnlyList<StoredTag> tags = [.. (found?.Tags ?? []).OrderByDescending(tag => tag.FollowId, StringComparer.Ordinal)];
        var (items, next) = page.CutFrom(tags, tag => new FollowedTag(tag.Name, Ids.TimeOf(tag.FollowId)), tag => tag.FollowId, descending: true);
        return TypedResults.Ok(new Page<FollowedTag>(items, cursors.Make(list, next)));
    }
}
