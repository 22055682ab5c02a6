using SkiaSharp;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>What sample pictures are made of, each drawn in the manner that was asked for and varied by the seed alone.</summary>
/// <param name="canvas">Where to draw.</param>
/// <param name="seed">32 bytes; the same ones give the same drawing.</param>
/// <param name="style">Manner, as <see cref="SampleDrawing.Draw"/> takes it.</param>
/// <param name="night">Whether it is night.</param>
/// <param name="width">Width of the coordinates.</param>
/// <param name="height">Height of the coordinates.</param>
internal sealed class SampleScene(SKCanvas canvas, byte[] seed, string? style, bool night, float width, float height)
{
    /// <summary>Main colour, in degrees.</summary>
    private readonly float hue = seed[0] * 360f / 256;

    private int taken;

    /// <summary>Sky, and the sun or the moon with stars.</summary>
    public void Sky()
    {
        using (var air = new SKPaint { IsAntialias = true })
        {
            using var shader = SKShader.CreateLinearGradient(
                new SKPoint(0, 0),
                new SKPoint(0, height),
                night ? [Colour(230, 60, 8), Colour(250, 45, 28)] : [Colour(205, 70, 62), Colour(35, 80, 88)],
                SKShaderTileMode.Clamp);
            air.Shader = style == "line" ? null : shader;
            air.Color = SKColors.White;
            canvas.DrawRect(0, 0, width, height, air);
        }

        for (var star = 0; night && star < 40; star++)
        {
            Circle(Next(0, width), Next(0, height * 0.6f), Next(1, 4), Colour(50, 60, 90));
        }

        Circle(Next(width * 0.2f, width * 0.8f), Next(height * 0.12f, height * 0.3f), Next(50, 90), night ? Colour(50, 25, 90) : Colour(48, 95, 62));
    }

    /// <summary>Ridges, one before the other, with trees on the nearest.</summary>
    public void Hills()
    {
        for (var ridge = 0; ridge < 4; ridge++)
        {
            Ridge(height * (0.42f + (0.14f * ridge)), height * (0.13f - (0.02f * ridge)), Colour(hue + (ridge * 8), 35, (night ? 34 : 66) - (ridge * 9)));
        }

        for (var tree = 0; tree < 7; tree++)
        {
            var (x, y, size) = (Next(0, width), Next(height * 0.84f, height * 0.95f), Next(50, 110));
            Polygon(Colour(140, 35, night ? 10 : 24), (x, y - (size * 1.7f)), (x + (size * 0.45f), y), (x - (size * 0.45f), y));
        }
    }

    /// <summary>Water with waves, a lighthouse on its rock and a boat.</summary>
    public void Sea()
    {
        var horizon = height * 0.58f;
        Rectangle(0, horizon, width, height - horizon, Colour(200 + (hue / 18), 55, night ? 16 : 42));
        for (var wave = 0; wave < 26; wave++)
        {
            var (x, y, length) = (Next(-50, width), Next(horizon + 15, height), Next(40, 170));
            Rectangle(x, y, length, 5, Colour(200, 50, night ? 28 : 62));
        }

        var at = Next(width * 0.15f, width * 0.35f);
        Polygon(Colour(25, 18, night ? 12 : 30), (at - 130, horizon + 40), (at - 60, horizon - 25), (at + 70, horizon - 20), (at + 150, horizon + 40));
        Polygon(Colour(hue, 65, night ? 40 : 55), (at - 32, horizon - 20), (at - 20, horizon - 270), (at + 20, horizon - 270), (at + 32, horizon - 20));
        Rectangle(at - 27, horizon - 150, 54, 40, Colour(0, 0, 94));
        Circle(at, horizon - 290, 26, Colour(50, 100, night ? 75 : 60));
        var boat = Next(width * 0.55f, width * 0.85f);
        Polygon(Colour(20, 50, 30), (boat - 70, horizon + 30), (boat + 70, horizon + 30), (boat + 45, horizon + 65), (boat - 45, horizon + 65));
        Polygon(Colour(45, 30, 92), (boat, horizon - 110), (boat + 65, horizon + 20), (boat, horizon + 20));
    }

    /// <summary>Houses in two rows, their windows lit by night.</summary>
    public void City()
    {
        for (var row = 0; row < 2; row++)
        {
            for (var x = -20f; x < width;)
            {
                var (w, h) = (Next(70, 150), Next(height * 0.18f, height * 0.42f));
                var top = (height * (0.72f + (0.16f * row))) - h;
                Rectangle(x, top, w, height - top, Colour(hue + Next(-25, 25), 28, (night ? 22 : 62) - (row * 12)));
                for (var window = 0; window < 9; window++)
                {
                    Rectangle(x + (w * (0.14f + (window % 3 * 0.28f))), top + 24 + (window / 3 * 52), w * 0.16f, 28, Colour(46, night ? 95 : 20, night ? 64 : 84));
                }

                x += w + Next(2, 26);
            }
        }
    }

    /// <summary>Circles and rectangles over each other, for what has no scene of its own.</summary>
    public void Shapes()
    {
        for (var shape = 0; shape < 14; shape++)
        {
            var colour = Colour(hue + Next(-70, 70), 60, night ? 40 : 60).WithAlpha(200);
            var (x, y, size) = (Next(0, width), Next(0, height), Next(60, 220));
            if (shape % 2 == 0)
            {
                Circle(x, y, size, colour);
            }
            else
            {
                Rectangle(x - size, y - (size / 3), size * 2, size / 1.5f, colour);
            }
        }
    }

    /// <summary>Things side by side, standing on the ground.</summary>
    public void Things(IReadOnlyList<SampleThing> things)
    {
        var size = Math.Min(height * 0.6f, width * (0.56f - (0.08f * things.Count)));
        for (var i = 0; i < things.Count; i++)
        {
            var (x, y) = ((width * (i + 1) / (things.Count + 1)) - (size / 2), (height * 0.92f) - size);
            canvas.Save();
            canvas.Translate(x, y);
            canvas.Scale(size / SampleThing.Ground);
            foreach (var layer in things[i].Layers)
            {
                using var path = SKPath.ParseSvgPathData(layer.Path);
                path.FillType = layer.HasHoles ? SKPathFillType.EvenOdd : SKPathFillType.Winding;
                Fill(night ? Dimmed(layer.Colour) : layer.Colour, paint => canvas.DrawPath(path, paint), stroke: SampleThing.Ground * 4 / size);
            }

            canvas.Restore();
        }
    }

    /// <summary>A colour by night.</summary>
    internal static SKColor Dimmed(SKColor colour)
    {
        colour.ToHsl(out var hue, out var saturation, out var lightness);
        return SKColor.FromHsl(hue, saturation, lightness * 0.55f);
    }

    private void Ridge(float level, float swing, SKColor colour)
    {
        var (first, second) = (Next(1.2f, 3), Next(4, 7));
        var (shift, other) = (Next(0, 6), Next(0, 6));
        var points = Enumerable.Range(0, 101).Select(step => step / 100f).Select(x =>
            (x * width, level + (swing * MathF.Sin((first * x * 3) + shift)) + (swing * 0.3f * MathF.Sin((second * x * 4) + other))));
        Polygon(colour, [(-20, height + 20), .. points, (width + 20, height + 20)]);
    }

    private void Polygon(SKColor colour, params ReadOnlySpan<(float X, float Y)> corners)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(corners[0].X, corners[0].Y);
        foreach (var (x, y) in corners[1..])
        {
            builder.LineTo(x, y);
        }

        builder.Close();
        using var path = builder.Detach();
        Fill(colour, paint => canvas.DrawPath(path, paint));
    }

    private void Circle(float x, float y, float radius, SKColor colour) => Fill(colour, paint => canvas.DrawCircle(x, y, radius, paint));

    private void Rectangle(float x, float y, float w, float h, SKColor colour) => Fill(colour, paint => canvas.DrawRect(x, y, w, h, paint));

    /// <summary>Draws one shape in the manner that was asked for.</summary>
    private void Fill(SKColor colour, Action<SKPaint> draw, float stroke = 4)
    {
        using var paint = new SKPaint { IsAntialias = style != "pixel", Color = colour };
        if (style == "line")
        {
            paint.Color = SKColors.White;
            draw(paint);
            (paint.Style, paint.StrokeWidth, paint.Color) = (SKPaintStyle.Stroke, stroke, new SKColor(0xFF202020));
        }
        else if (style == "watercolor")
        {
            paint.Color = colour.WithAlpha((byte)(colour.Alpha * 0.75f));
        }

        draw(paint);
    }

    private static SKColor Colour(float hue, float saturation, float lightness) => SKColor.FromHsl(((hue % 360) + 360) % 360, saturation, lightness);

    /// <summary>The next of a row of numbers that the seed alone decides (an xorshift over it).</summary>
    private float Next(float from, float to)
    {
        var state = BitConverter.ToUInt32(seed, taken % 8 * 4) + ((uint)(taken + 1) * 2654435761);
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        taken++;
        return from + ((to - from) * (state / (float)uint.MaxValue));
    }
}
