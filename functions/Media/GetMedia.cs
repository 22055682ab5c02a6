using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Media;

/// <summary>Serves a picture.</summary>
public sealed class GetMedia(MediaReader reader, IMediaStore store)
{
    /// <summary>Fetch a picture's bytes; ranges and conditional requests are understood.</summary>
    /// <remarks>
    /// Whoever may see the post that shows it may fetch it; avatars and headers are for everyone, but for one in a post that is kept back; before anything
    /// shows it, and while moderation keeps it back, it is its owner's, and the moderator's who has claimed its case. What anyone may see can be cached for
    /// five minutes and then asked for again; the rest is private and asked for again each time.
    /// </remarks>
    [Function(nameof(GetMedia))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Pictures)]
    public async Task<Results<MediaContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "media/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        return await reader.FindAsync(id, Viewer.Of(http), cancellationToken) is var (media, audience)
            ? await MediaContent.OfAsync(http, store, media, audience, null, cancellationToken)
            : MediaContent.NotFound(http);
    }
}
