namespace ServerlessSocial.Media.Pictures;

/// <summary>A picture as it is kept.</summary>
/// <param name="Content">The file.</param>
/// <param name="ContentType">Media type: <c>image/jpeg</c>, <c>image/png</c> or <c>image/webp</c>.</param>
/// <param name="Extension">Usual file extension with its dot.</param>
/// <param name="Width">Width as shown, in pixels.</param>
/// <param name="Height">Height as shown, in pixels.</param>
/// <param name="Blurhash">What to show until the picture is there (<see cref="Pictures.Blurhash"/>).</param>
/// <param name="IsMarked">Whether a model made it, by what is known or by what the file said; its files say so too.</param>
/// <param name="Fingerprint">By what it is recognised when it comes again.</param>
/// <param name="Thumbnails">Smaller ones, the smallest first; none that would not be smaller than the picture.</param>
public sealed record ProcessedPicture(
    byte[] Content, string ContentType, string Extension, int Width, int Height, string Blurhash, bool IsMarked, PictureFingerprint Fingerprint, IReadOnlyList<PictureThumbnail> Thumbnails)
{
    /// <summary>The finer measure, of a still picture; null of an animation.</summary>
    public PictureDetail? Detail { get; init; }

    /// <summary>By what the pictures are recognised that an animation is made of (<see cref="PictureFrames"/>); none of a still picture.</summary>
    public IReadOnlyList<PictureFingerprint> Frames { get; init; } = [];

    /// <summary>Frames of an animation on one picture, WebP, for moderation; null of a still picture.</summary>
    public byte[]? Sheet { get; init; }
}

/// <summary>A smaller version of a picture; of an animation, its first frame.</summary>
/// <param name="Size">Its longest side in pixels, which names it.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Content">The file.</param>
public sealed record PictureThumbnail(int Size, int Width, int Height, byte[] Content)
{
    /// <summary>Media type of every thumbnail: WebP takes transparency and half of a JPEG's bytes.</summary>
    public const string ContentType = "image/webp";

    /// <summary>Longest sides in pixels: for lists and for a feed.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [320, 640];
}
