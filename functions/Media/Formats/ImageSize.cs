namespace ServerlessSocial.Media.Formats;

/// <summary>A size in pixels, as claimed by a file.</summary>
internal readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>Whether decoding a picture of this size is something to ask of a client.</summary>
    public bool IsAcceptable =>
        Width is > 0 and <= ImageInspector.MaxDimension
        && Height is > 0 and <= ImageInspector.MaxDimension
        && (long)Width * Height <= ImageInspector.MaxPixels;

    /// <summary>Whether a frame of this size, placed at the offset, lies within <paramref name="canvas"/>.</summary>
    public bool FitsInto(ImageSize canvas, long left, long top) =>
        Width > 0 && Height > 0 && left >= 0 && top >= 0 && left + Width <= canvas.Width && top + Height <= canvas.Height;
}
