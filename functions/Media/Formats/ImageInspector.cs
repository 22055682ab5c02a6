namespace ServerlessSocial.Media.Formats;

/// <summary>Recognises images by what they are.</summary>
public static class ImageInspector
{
    /// <summary>Largest accepted width or height, in pixels.</summary>
    public const int MaxDimension = 16_384;

    /// <summary>Largest accepted width times height: 100 million, about 400 MB once a client has decoded it.</summary>
    public const long MaxPixels = 100_000_000;

    private static readonly IImageFormat[] Formats = [new PngFormat(), new JpegFormat(), new GifFormat(), new WebpFormat()];

    /// <summary>
    /// Recognises a complete, well-formed PNG, JPEG, GIF or WebP. Returns null for anything else, also when the file
    /// is cut short, contradicts its format, has no area, or exceeds <see cref="MaxDimension"/> or
    /// <see cref="MaxPixels"/>. The structure is checked, the pixels are not decoded. Bytes after the end of the image
    /// are ignored; <see cref="MetadataRemover.Clean"/> drops them. Never throws, whatever the content.
    /// </summary>
    public static ImageInspection? Inspect(ReadOnlySpan<byte> content) => Walk(content, kept: null);

    /// <summary>Inspects, and writes what cleaning keeps to <paramref name="kept"/> when one is given.</summary>
    internal static ImageInspection? Walk(ReadOnlySpan<byte> content, MemoryStream? kept)
    {
        foreach (var format in Formats)
        {
            if (format.Recognises(content))
            {
                return format.Walk(content, kept) is { IsAcceptable: true } size
                    ? new ImageInspection(format.ContentType, format.Extension, size.Width, size.Height)
                    : null;
            }
        }

        return null;
    }
}
