namespace ServerlessSocial.Media;

/// <summary>Shapes pictures for clients.</summary>
public static class MediaPresenter
{
    /// <summary>The picture as posts, uploads and image jobs show it.</summary>
    public static Posts.Media Shape(MediaDocument media) =>
        new(media.Id, UrlOf(media.Id), media.ContentType, media.Width, media.Height, media.Alt);

    /// <summary>Path of a picture's bytes.</summary>
    public static string UrlOf(string mediaId) => $"/api/media/{mediaId}";
}
