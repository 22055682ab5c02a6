using ServerlessSocial.Posts;

namespace ServerlessSocial.Media;

/// <summary>Shapes pictures for clients.</summary>
public static class MediaPresenter
{
    /// <summary>The picture as posts, uploads and image jobs show it.</summary>
    public static Posts.Media Shape(MediaDocument media) => Shape(PostMedia.Of(media));

    /// <summary>The picture as a post keeps it.</summary>
    public static Posts.Media Shape(PostMedia media) => new(
        media.Id,
        UrlOf(media.Id),
        media.ContentType,
        media.Width,
        media.Height,
        media.Alt,
        media.Blurhash,
        [.. (media.Thumbnails ?? []).Select(thumbnail => new Thumbnail($"{UrlOf(media.Id)}/{thumbnail.Size}", thumbnail.Width, thumbnail.Height))],
        ProvenanceOf(media));

    /// <summary>Who made it.</summary>
    public static MediaProvenance ProvenanceOf(PostMedia media) =>
        new(media.Id, media.GeneratedBy is null ? MediaSource.Uploaded : MediaSource.Generated, media.GeneratedBy, media.Credentials);

    /// <summary>Path of a picture's bytes.</summary>
    public static string UrlOf(string mediaId) => $"/api/media/{mediaId}";
}
