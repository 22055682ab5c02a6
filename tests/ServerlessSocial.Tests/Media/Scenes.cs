using NetVips;
using ServerlessSocial.Media.Pictures;

namespace ServerlessSocial.Tests.Media;

/// <summary>Pictures that differ as photographs do: soft patches of light, the same for the same number.</summary>
internal static class Scenes
{
    private const int Width = 900;
    private const int Height = 600;

    /// <summary>A scene as JPEG.</summary>
    public static byte[] Jpeg(int number, double scale = 1, int quality = 90, double brighter = 0)
    {
        using var scene = Of(number);
        using var sized = scene.Resize(scale);
        using var lit = sized.Linear([1, 1, 1], [brighter, brighter, brighter]).Cast(Enums.BandFormat.Uchar);
        return lit.JpegsaveBuffer(q: quality);
    }

    /// <summary>A scene as PNG.</summary>
    public static byte[] Png(int number, int compression = 3)
    {
        using var scene = Of(number);
        return scene.PngsaveBuffer(compression: compression);
    }

    /// <summary>A scene that is mirrored.</summary>
    public static byte[] Mirrored(int number)
    {
        using var scene = Of(number);
        using var mirrored = scene.Flip(Enums.Direction.Horizontal);
        return mirrored.JpegsaveBuffer(q: 90);
    }

    /// <summary>
    /// Scenes one after the other as an animation, GIF or lossless WebP, each shown for a time; scene -1 is blank.
    /// </summary>
    public static byte[] Animated(bool gif, params (int Scene, int Milliseconds)[] frames) => Animated(gif, 1, frames);

    /// <summary>The same, scaled.</summary>
    public static byte[] Animated(bool gif, double scale, params (int Scene, int Milliseconds)[] frames)
    {
        var drawn = frames.Select(frame => (frame.Scene < 0 ? Of(0).NewFromImage(255, 255, 255) : Of(frame.Scene)).Resize(scale).Cast(Enums.BandFormat.Uchar)).ToArray();
        using var strip = Image.Arrayjoin(drawn, across: 1).Copy(interpretation: Enums.Interpretation.Srgb);
        using var animation = strip.Mutate(header =>
        {
            header.Set(GValue.GIntType, "page-height", drawn[0].Height);
            header.Set(GValue.ArrayIntType, "delay", frames.Select(frame => frame.Milliseconds).ToArray());
        });
        return gif ? animation.GifsaveBuffer() : animation.WebpsaveBuffer(lossless: true, effort: 0);
    }

    private static Image Of(int number)
    {
        var random = new Random(number);
        var patches = Enumerable.Range(0, 9 * 6 * 3).Select(_ => (byte)random.Next(256)).ToArray();
        using var small = Image.NewFromMemory(patches, 9, 6, 3, Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        return small.Resize(Width / 9.0, vscale: Height / 6.0, kernel: Enums.Kernel.Cubic).CopyMemory();
    }
}
