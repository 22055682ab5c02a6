using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Tags;

/// <summary>Follows a tag no longer.</summary>
public sealed class UnfollowTag(IDocumentStore documents, TagFeed feed)
{
    /// <summary>Unfollow a hashtag.</summary>
    /// <remarks>Where you do not follow it nothing happens.</remarks>
    [Function(nameof(UnfollowTag))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Invalid)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "tags/{tag}/follow")] HttpRequest http, string tag, CancellationToken cancellationToken)
    {
        if (TextEntities.NormalizeTag(tag) is not { } name)
        {
            return new InvalidFields("tag", "This cannot be a hashtag.");
        }

        await documents.UpdateAsync<FollowedTagsDocument>(http.Me(), FollowedTagsDocument.TagsId, found => found.Without(name), cancellationToken);
        await feed.NoteAsync(http.Me(), cancellationToken);
        return TypedResults.NoContent();
    }
}
