using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Media;

/// <summary>Lets a person take back a picture that nothing shows.</summary>
public sealed class DeleteMedia(IDocumentStore documents, MediaReader reader, UnusedMedia unused, TimeProvider time)
{
    /// <summary>Delete a picture of yours that no post shows and that is not your avatar.</summary>
    /// <remarks>It is gone at once; its bytes are removed within about two hours.</remarks>
    [Function(nameof(DeleteMedia))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "media/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        if (!OwnedIds.TryParse(id, out var ownerId) || ownerId != http.Me()
            || await documents.FindAsync<MediaDocument>(ownerId, id, cancellationToken) is not { DiscardedAt: null } media)
        {
            return new Missing("media");
        }

        if ((await reader.UseOfAsync(media, cancellationToken)).IsUsed)
        {
            return new MediaInUse();
        }

        // First the note, so that whatever happens next somebody looks after it.
        var due = time.GetUtcNow() + UnusedMedia.Grace;
        await unused.WatchAsync(media, due, cancellationToken);
        return await unused.DiscardAsync(media, due, cancellationToken) ? TypedResults.NoContent() : new MediaInUse();
    }
}
