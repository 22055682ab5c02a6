using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Tags;

/// <summary>Follows a tag.</summary>
public sealed class FollowTag(IDocumentStore documents, TagFeed feed, TimeProvider time)
{
    /// <summary>Follow a hashtag: public posts with it come into your feed.</summary>
    /// <remarks>
    /// The tag is given without its sign, as in GET /tags/{tag}. At most 50. Doing it again changes nothing. To mute a tag, make a filter of it with its sign
    /// (POST /me/filters).
    /// </remarks>
    [Function(nameof(FollowTag))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Conflict, ErrorKind.Invalid)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "tags/{tag}/follow")] HttpRequest http, string tag, CancellationToken cancellationToken)
    {
        if (TextEntities.NormalizeTag(tag) is not { } name)
        {
            return new InvalidFields("tag", "This cannot be a hashtag.");
        }

        var me = http.Me();
        var followed = new StoredTag(name, Ids.New(time));
        var written = await documents.SetAsync<FollowedTagsDocument>(
            me, FollowedTagsDocument.TagsId, found => (found ?? FollowedTagsDocument.For(me)).With(followed), cancellationToken);
        await feed.NoteAsync(me, cancellationToken);
        return written?.Holds(name) == true ? TypedResults.NoContent() : new TooManyTags();
    }
}
