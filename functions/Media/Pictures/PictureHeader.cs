using NetVips;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Media.Pictures;

/// <summary>What a file says of its picture before a pixel is decoded.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Frames">How many frames it has; 1 unless it is an animation.</param>
/// <param name="Pixels">Width times height times frames.</param>
/// <param name="IsMarked">Whether it says that a model made it.</param>
internal sealed record PictureHeader(PictureFormat Format, int Frames, long Pixels, bool IsMarked)
{
    /// <summary>Reads the header.</summary>
    /// <returns>The header, or why there will be no picture: <see cref="NotAPicture"/>, <see cref="HeicNotTaken"/> or <see cref="PictureTooLarge"/>.</returns>
    public static Outcome<PictureHeader> Read(ReadOnlySpan<byte> file)
    {
        var format = PictureFormats.Of(file);
        if (format is PictureFormat.Unknown or PictureFormat.Heic)
        {
            return format == PictureFormat.Heic ? new HeicNotTaken() : new NotAPicture();
        }

        try
        {
            using var header = Vips.Open(file, format);
            var frames = format is PictureFormat.Gif or PictureFormat.Webp ? header.Number("n-pages", 1) : 1;
            return PictureLimits.Allow(header.Width, header.Height, frames)
                ? new PictureHeader(format, frames, (long)header.Width * header.Height * frames, GenerationMark.IsIn(file) || GenerationMark.IsIn(header))
                : new PictureTooLarge();
        }
        catch (VipsException)
        {
            return new NotAPicture();
        }
    }
}
