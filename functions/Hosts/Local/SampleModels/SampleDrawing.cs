using System.Security.Cryptography;
using System.Text;
using SkiaSharp;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>Draws sample pictures: the things that a prompt names, before hills, sea, city or shapes, by day or night, in one of five manners.</summary>
internal static class SampleDrawing
{
    /// <summary>Width of the drawings' own coordinates; heights follow the shape asked for.</summary>
    private const float Unit = 1000;

    /// <summary>How much coarser pixel art is than its picture.</summary>
    private const int PixelSize = 16;

    private static readonly string[] SeaWords = ["sea", "ocean", "coast", "beach", "lake", "boat", "lighthouse", "meer", "see", "küste", "strand", "leuchtturm", "hafen"];
    private static readonly string[] CityWords = ["city", "street", "house", "tower", "town", "stadt", "straße", "haus", "turm", "dorf"];
    private static readonly string[] HillWords = ["mountain", "hill", "tree", "forest", "garden", "flower", "field", "berg", "wald", "baum", "garten", "blume", "wiese"];
    private static readonly string[] NightWords = ["night", "moon", "star", "dark", "dusk", "nacht", "mond", "stern", "dunkel", "abend"];

    /// <summary>Draws a PNG.</summary>
    /// <param name="prompt">What to draw: its English and German words choose scene and light, its hash everything else.</param>
    /// <param name="style"><c>photo</c>, <c>watercolor</c>, <c>pixel</c> or <c>line</c>; anything else is a flat illustration.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public static byte[] Draw(string prompt, string? style, int width, int height)
    {
        var coarse = style == "pixel" ? PixelSize : 1;
        using var surface = SKSurface.Create(new SKImageInfo(width / coarse, height / coarse, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Paint(surface.Canvas, prompt, style, width / coarse, height / coarse);
        using var drawn = surface.Snapshot();
        using var whole = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var soft = SoftnessOf(style) is > 0 and var sigma ? SKImageFilter.CreateBlur(sigma, sigma, SKShaderTileMode.Clamp) : null;
        using var paint = new SKPaint { ImageFilter = soft };
        whole.Canvas.DrawImage(drawn, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Nearest), paint);
        whole.Canvas.Scale(width / Unit);
        SampleLabel.Draw(whole.Canvas, Unit, Unit * height / width);
        using var image = whole.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void Paint(SKCanvas canvas, string prompt, string? style, int width, int height)
    {
        var words = prompt.ToLowerInvariant();
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(prompt));
        var scene = new SampleScene(canvas, seed, style, Has(words, NightWords), Unit, Unit * height / width);
        canvas.Scale(width / Unit);
        var things = SampleThings.In(prompt);
        scene.Sky();
        switch (Kind(words, seed, stands: things.Count > 0))
        {
            case 0:
                scene.Hills();
                break;
            case 1:
                scene.Sea();
                break;
            case 2:
                scene.City();
                break;
            default:
                scene.Shapes();
                break;
        }

        scene.Things(things);
    }

    private static float SoftnessOf(string? style) => style switch
    {
        "photo" => 1.5f,
        "watercolor" => 4,
        _ => 0,
    };

    /// <summary>What stands somewhere and nobody says where stands in the hills.</summary>
    private static int Kind(string words, byte[] seed, bool stands) =>
        Has(words, SeaWords) ? 1 : Has(words, CityWords) ? 2 : Has(words, HillWords) || stands ? 0 : seed[31] % 4;

    private static bool Has(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.Ordinal));
}
