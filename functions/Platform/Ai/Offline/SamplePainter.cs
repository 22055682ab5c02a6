using ServerlessSocial.Platform.Ai.Offline.Painting;

namespace ServerlessSocial.Platform.Ai.Offline;

/// <summary>
/// Paints the sample pictures of the offline image model: no model, but a picture that depends on the prompt, says that it
/// is a sample, and carries the same AI marking as a generated one.
/// </summary>
public static class SamplePainter
{
    /// <summary>Smallest accepted width and height, in pixels.</summary>
    public const int MinSide = 64;

    /// <summary>Largest accepted width and height, in pixels.</summary>
    public const int MaxSide = 2048;

    /// <summary>
    /// The IPTC digital source type that says a picture was made by a trained model (IPTC NewsCodes); it is in the XMP
    /// packet of every painted file.
    /// </summary>
    public const string DigitalSourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private const string Xmp =
        $"""
        <?xpacket begin="{"\uFEFF"}" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" Iptc4xmpExt:DigitalSourceType="{DigitalSourceType}" xmp:CreatorTool="ServerlessSocial offline model"/></rdf:RDF></x:xmpmeta><?xpacket end="r"?>
        """;

    /// <summary>
    /// Paints an 8-bit RGB PNG. The same prompt, style and size give the same bytes. The prompt decides motif, light and
    /// colours by its German and English words, and by its hash where it leaves them open; a long one is read whole.
    /// </summary>
    /// <param name="prompt">What to paint; may be empty.</param>
    /// <param name="style"><c>photo</c>, <c>watercolor</c>, <c>pixel</c> or <c>line</c>; anything else is a flat illustration.</param>
    /// <param name="width">Width in pixels, <see cref="MinSide"/> to <see cref="MaxSide"/>.</param>
    /// <param name="height">Height in pixels, <see cref="MinSide"/> to <see cref="MaxSide"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Width or height is out of range.</exception>
    public static byte[] Paint(string prompt, string? style, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ThrowIfNotASide(width, nameof(width));
        ThrowIfNotASide(height, nameof(height));

        var random = SeededRandom.FromText(prompt);
        var motifs = Composition.Complete(PromptReader.Read(prompt), random.Fork(200));
        var look = style?.Trim().ToLowerInvariant();
        var palette = Palette.For(motifs, random.Fork(201));
        var scene = new Scene(new Canvas(width, height), palette, motifs, random, Soft: look is "photo" or "watercolor");

        Composition.Paint(scene);
        switch (look)
        {
            case "photo":
                PaintingStyle.Photo(scene.Canvas);
                break;
            case "watercolor":
                PaintingStyle.Watercolor(scene.Canvas, random.Fork(202));
                break;
            case "pixel":
                PaintingStyle.Pixel(scene.Canvas);
                break;
            case "line":
                PaintingStyle.Line(scene.Canvas);
                break;
        }

        Banner.Paint(scene.Canvas, palette, prompt);
        return PngWriter.Write(scene.Canvas, Xmp);
    }

    private static void ThrowIfNotASide(int side, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, MinSide, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, MaxSide, name);
    }
}
