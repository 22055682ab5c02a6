using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Media;

/// <summary>What to change about a picture.</summary>
/// <param name="Alt">What it shows, for those who do not see it: at most 1,500 characters; empty for none.</param>
[Example("""{ "alt": "A lighthouse by the sea, its beam over the waves" }""")]
public sealed record MediaChanges([property: Required, MaxGraphemes(AltText.MaxLength)] string? Alt = null);

/// <summary>Describes a picture.</summary>
/// <remarks>Without If-Match: what is sent is the whole of what can be changed, and the owner alone changes it.</remarks>
public sealed class UpdateMedia(IDocumentStore documents)
{
    /// <summary>Describe a picture of yours before you post it.</summary>
    /// <remarks>Once it is in a post its description was moderated with the post: there it is changed by an edit of the post.</remarks>
    [Function(nameof(UpdateMedia))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(MediaChanges))]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Ok<Posts.Media>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "media/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (changes, unreadable) = await http.ReadJsonAsync<MediaChanges>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var (alt, invalid) = changes.Alt is null ? (null, new InvalidFields("alt", "Send a description; an empty one removes it.")) : AltText.Check(changes.Alt, "alt");
        if (invalid is not null)
        {
            return invalid;
        }

        if (!OwnedIds.TryParse(id, out var ownerId) || ownerId != http.Me())
        {
            return new Missing("media");
        }

        return await documents.UpdateAsync<MediaDocument>(ownerId, id, media => media.IsDescribable ? media with { Alt = alt } : null, cancellationToken) switch
        {
            null or { DiscardedAt: not null } => new Missing("media"),
            { PostId: not null } => new MediaInPost(),
            var media => TypedResults.Ok(MediaPresenter.Shape(media)),
        };
    }
}
