using SkiaSharp;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>The word SAMPLE, small in a corner, drawn with strokes: there is no typeface on every machine.</summary>
internal static class SampleLabel
{
    private const float LetterWidth = 30;
    private const float Gap = 14;
    private const float LetterHeight = 44;

    /// <summary>Of the letters' own boxes.</summary>
    private const float Size = 0.5f;

    /// <summary>Strokes of each letter, in a box of 30 by 44.</summary>
    private static readonly string[] Letters =
    [
        "M30 8 C24 -3 2 -3 2 11 C2 26 29 18 29 33 C29 47 5 47 0 36",
        "M0 44 L15 0 L30 44 M6 28 L24 28",
        "M0 44 L0 0 L15 26 L30 0 L30 44",
        "M0 44 L0 0 L16 0 C34 0 34 24 16 24 L0 24",
        "M0 0 L0 44 L28 44",
        "M28 0 L0 0 L0 44 L28 44 M0 21 L22 21",
    ];

    /// <summary>Draws the label into the lower right corner.</summary>
    public static void Draw(SKCanvas canvas, float width, float height)
    {
        var length = (Letters.Length * (LetterWidth + Gap)) - Gap;
        using var ground = new SKPaint { IsAntialias = true, Color = new SKColor(0, 0, 0, 150) };
        using var pen = new SKPaint
        {
            IsAntialias = true,
            Color = SKColors.White,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 6,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.Translate(width, height);
        canvas.Scale(Size);
        canvas.Translate(-length - 50, -LetterHeight - 46);
        canvas.DrawRoundRect(-24, -22, length + 48, LetterHeight + 44, 18, 18, ground);
        foreach (var letter in Letters)
        {
            using var strokes = SKPath.ParseSvgPathData(letter);
            canvas.DrawPath(strokes, pen);
            canvas.Translate(LetterWidth + Gap, 0);
        }
    }
}
