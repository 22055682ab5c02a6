using System.Globalization;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Media;

/// <summary>Serves a smaller version of a picture.</summary>
public sealed class GetThumbnail(MediaReader reader, IMediaStore store)
{
    /// <summary>Fetch a picture at most 320 or 640 pixels wide and high; of an animation, its first frame.</summary>
    /// <remarks>Who may fetch it and keep it is as with the picture itself. A picture that has no such thumbnail, because it is small or old, comes whole.</remarks>
    [Function(nameof(GetThumbnail))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Pictures)]
    public async Task<Results<MediaContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "media/{id}/{size}")] HttpRequest http,
        string id,
        string size,
        CancellationToken cancellationToken)
    {
        if (!PictureThumbnail.Sizes.Any(known => known.ToString(CultureInfo.InvariantCulture) == size)
            || await reader.FindAsync(id, Viewer.Of(http), cancellationToken) is not var (media, audience))
        {
            return MediaContent.NotFound(http);
        }

        var thumbnail = media.Thumbnails.FirstOrDefault(thumbnail => thumbnail.Size.ToString(CultureInfo.InvariantCulture) == size);
        return await MediaContent.OfAsync(http, store, media, audience, thumbnail, cancellationToken);
    }
}
