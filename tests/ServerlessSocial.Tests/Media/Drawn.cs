using NetVips;
using ServerlessSocial.Media.Pictures;

namespace ServerlessSocial.Tests.Media;

/// <summary>Pictures made for tests, and looks at pictures that came out.</summary>
internal static class Drawn
{
    /// <summary>A red left half and a blue right half.</summary>
    public static Image Halves(int width, int height)
    {
        using var left = Image.Black(width / 2, height).NewFromImage(255, 0, 0);
        using var right = Image.Black(width - (width / 2), height).NewFromImage(0, 0, 255);
        return left.Join(right, Enums.Direction.Horizontal).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    /// <summary>Those halves as JPEG.</summary>
    public static byte[] Jpeg(int width, int height)
    {
        using var halves = Halves(width, height);
        return halves.JpegsaveBuffer(q: 90);
    }

    /// <summary>Reads a JPEG, PNG or WebP with all its frames.</summary>
    public static Image Read(byte[] file)
    {
        var format = PictureFormats.Of(file);
        return Vips.Open(file, format, format == PictureFormat.Webp ? -1 : 1).CopyMemory();
    }

    /// <summary>Width and height of one frame.</summary>
    public static (int Width, int Height) SizeOf(byte[] file)
    {
        using var image = Read(file);
        return (image.Width, image.PageHeight);
    }

    /// <summary>What colour a pixel is, roughly: R, G, B, W or - for anything else.</summary>
    public static char ColourAt(Image image, double x, double y)
    {
        var pixel = image.Getpoint((int)(x * (image.Width - 1)), (int)(y * (image.Height - 1)));
        return (pixel[0] > 128, pixel[1] > 128, pixel[2] > 128) switch
        {
            (true, false, false) => 'R',
            (false, true, false) => 'G',
            (false, false, true) => 'B',
            (true, true, true) => 'W',
            _ => '-',
        };
    }
}
