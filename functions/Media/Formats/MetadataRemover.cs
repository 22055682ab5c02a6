namespace ServerlessSocial.Media.Formats;

/// <summary>Takes out of an image what people do not know they publish: where, when, by whom and with what it was made.</summary>
public static class MetadataRemover
{
    /// <summary>
    /// Returns the image without location, camera, author, comments, embedded previews and every other part that does
    /// not change how it looks, and without bytes after its end. Pixels are copied, not encoded again, so nothing is
    /// lost; colour profiles, animation and a JPEG's orientation stay. Cleaning again changes nothing.
    /// </summary>
    /// <param name="content">The file, as inspected.</param>
    /// <param name="image">What <see cref="ImageInspector.Inspect"/> said about <paramref name="content"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="image"/> does not describe <paramref name="content"/>.</exception>
    public static byte[] Clean(ReadOnlySpan<byte> content, ImageInspection image)
    {
        ArgumentNullException.ThrowIfNull(image);

        using var kept = new MemoryStream(content.Length);
        return ImageInspector.Walk(content, kept) == image
            ? kept.ToArray()
            : throw new ArgumentException("The inspection is not of this content.", nameof(image));
    }
}
