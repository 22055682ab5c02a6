namespace ServerlessSocial.Media.Pictures;

/// <summary>How much a picture may ask of whoever decodes it. Checked on what the header says, before a pixel is decoded.</summary>
public static class PictureLimits
{
    /// <summary>Largest file in bytes: 8 MiB.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Largest width or height in pixels: what WebP can hold.</summary>
    public const int MaxSide = 16_383;

    /// <summary>Largest width times height in pixels: 50 million, a phone's largest photograph.</summary>
    public const int MaxPixels = 50_000_000;

    /// <summary>
    /// From more pixels than these, of all frames together, a picture is decoded alone: 8 million. To write a JPEG with the best codes for it, its coefficients
    /// are all held: of twelve million pixels some 70 MB. Two of those at once would be done in a quarter less time, and take twice the memory.
    /// </summary>
    public const int LargePixels = 8_000_000;

    /// <summary>Most frames of an animation.</summary>
    public const int MaxFrames = 1_000;

    /// <summary>Largest width times height times frames of an animation: 64 million, such as 100 frames of 800 x 800.</summary>
    public const long MaxAnimatedPixels = 64_000_000;

    /// <summary>Longest time that one picture may be worked at.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    /// <summary>Whether a picture of this size is taken. Pure.</summary>
    public static bool Allow(int width, int height, int frames) =>
        width is > 0 and <= MaxSide
        && height is > 0 and <= MaxSide
        && (long)width * height <= MaxPixels
        && frames is > 0 and <= MaxFrames
        && (frames == 1 || (long)width * height * frames <= MaxAnimatedPixels);
}
