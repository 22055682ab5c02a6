using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Blobs;

namespace ServerlessSocial.Media;

/// <summary>The files of a picture in the media store: itself, and beside it its thumbnails, named after it.</summary>
public static class MediaFiles
{
    /// <summary>Media type of a manifest store (C2PA 2.2, section 11.4).</summary>
    public const string ManifestType = "application/c2pa";

    /// <summary>
    /// Every size there ever was, so that whoever deletes a picture leaves none of its thumbnails, whatever its document says and whether there is one.
    /// A size that is given up stays in this list.
    /// </summary>
    private static readonly IReadOnlyList<int> EverySize = PictureThumbnail.Sizes;

    /// <summary>Name of a thumbnail.</summary>
    /// <param name="blobName">Name of the picture.</param>
    /// <param name="size">Longest side of the thumbnail in pixels.</param>
    public static string ThumbnailName(string blobName, int size) => $"{blobName}.{size}";

    /// <summary>Name of the sheet that shows frames of an animation, for moderation alone.</summary>
    /// <param name="blobName">Name of the picture.</param>
    public static string SheetName(string blobName) => $"{blobName}.sheet";

    /// <summary>Name of the manifest store that came with an upload.</summary>
    /// <param name="blobName">Name of the picture.</param>
    public static string ManifestName(string blobName) => $"{blobName}.c2pa";

    /// <summary>Stores a picture, then its thumbnails. What is stored already stays: who repeats a step finds the picture that the first try wrote.</summary>
    public static async Task WriteAsync(this IMediaStore store, string blobName, ProcessedPicture picture, CancellationToken cancellationToken)
    {
        await WriteAsync(store, blobName, picture.Content, picture.ContentType, cancellationToken);
        foreach (var thumbnail in picture.Thumbnails)
        {
            await WriteAsync(store, ThumbnailName(blobName, thumbnail.Size), thumbnail.Content, PictureThumbnail.ContentType, cancellationToken);
        }

        if (picture.Sheet is { } sheet)
        {
            await WriteAsync(store, SheetName(blobName), sheet, PictureThumbnail.ContentType, cancellationToken);
        }
    }

    /// <summary>Stores the manifest store that came with an upload, for its owner.</summary>
    public static Task WriteManifestAsync(this IMediaStore store, string blobName, byte[] manifest, CancellationToken cancellationToken) =>
        WriteAsync(store, ManifestName(blobName), manifest, ManifestType, cancellationToken);

    /// <summary>Deletes a picture with all its thumbnails and what else lies beside it; what is missing counts as done.</summary>
    public static async Task DeletePictureAsync(this IMediaStore store, string blobName, CancellationToken cancellationToken)
    {
        foreach (var size in EverySize)
        {
            await store.DeleteAsync(ThumbnailName(blobName, size), cancellationToken);
        }

        await store.DeleteAsync(SheetName(blobName), cancellationToken);
        await store.DeleteAsync(ManifestName(blobName), cancellationToken);
        await store.DeleteAsync(blobName, cancellationToken);
    }

    private static async Task WriteAsync(IMediaStore store, string name, byte[] content, string contentType, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        await store.WriteAsync(name, stream, contentType, cancellationToken);
    }
}
