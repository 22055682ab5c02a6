namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Turns a finished flat picture into one that looks made by other means.</summary>
internal static class PaintingStyle
{
    private static readonly Rgb Paper = Rgb.Hex(0xFBF7EC);

    /// <summary>Stronger contrast, and corners darkened as by a lens.</summary>
    public static void Photo(Canvas canvas)
    {
        var (centreX, centreY) = (canvas.Width / 2f, canvas.Height / 2f);
        var curve = new float[256];
        for (var i = 0; i < curve.Length; i++)
        {
            var t = i / 255f;
            curve[i] = 255 * (t + (0.35f * (t - 0.5f) * t * (1 - t) * 4));
        }

        for (var y = 0; y < canvas.Height; y++)
        {
            for (var x = 0; x < canvas.Width; x++)
            {
                var (dx, dy) = ((x - centreX) / centreX, (y - centreY) / centreY);
                var shade = 1 - (0.2f * ((dx * dx) + (dy * dy)) * ((dx * dx) + (dy * dy)) * 0.6f);
                var at = ((y * canvas.Width) + x) * 3;
                canvas.Pixels[at] = (byte)(curve[canvas.Pixels[at]] * shade);
                canvas.Pixels[at + 1] = (byte)(curve[canvas.Pixels[at + 1]] * shade);
                canvas.Pixels[at + 2] = (byte)(curve[canvas.Pixels[at + 2]] * shade);
            }
        }
    }

    /// <summary>Trembling outlines, pigment that gathers at edges and runs thin in washes, and a rim of bare paper.</summary>
    public static void Watercolor(Canvas canvas, SeededRandom random)
    {
        var source = Copy(canvas);
        var unit = canvas.Unit;
        var bend = new NoiseField(new Noise(random), canvas.Width, canvas.Height, unit * 0.06f, unit * 0.06f, 3);
        var wash = new NoiseField(new Noise(random), canvas.Width, canvas.Height, unit * 0.22f, unit * 0.22f, 4);
        var reach = unit * 0.03f;
        var edgeStep = Math.Max(1, (int)(unit * 0.003f));
        var brightness = Brightness(source);
        for (var y = 0; y < canvas.Height; y++)
        {
            for (var x = 0; x < canvas.Width; x++)
            {
                var (bent, thin) = (bend.At(x, y) - 0.5f, wash.At(x, y));
                var border = Math.Min(Math.Min(x, canvas.Width - x), Math.Min(y, canvas.Height - y)) - (unit * (0.005f + (bent * 0.05f) + (thin * 0.06f)));
                if (border <= 0)
                {
                    canvas[x, y] = Paper;
                    continue;
                }

                var fromX = Math.Clamp((int)(x + (bent * reach)), edgeStep, canvas.Width - 1 - edgeStep);
                var fromY = Math.Clamp((int)(y + ((thin - 0.5f) * reach)), edgeStep, canvas.Height - 1 - edgeStep);
                var at = (fromY * canvas.Width) + fromX;
                var edge = Math.Abs(brightness[at - edgeStep] - brightness[at + edgeStep])
                    + Math.Abs(brightness[at - (edgeStep * canvas.Width)] - brightness[at + (edgeStep * canvas.Width)]);
                var rim = Math.Max(0, 1 - (border / (unit * 0.008f))) * 0.18f;
                var pigment = source[fromX, fromY].Mix(Paper, Math.Clamp(0.12f + ((thin - 0.4f) * 1.1f), 0.02f, 0.6f));
                canvas[x, y] = Paper.Mix(pigment.Darker(Math.Min(edge / 420f, 0.22f) + rim), Math.Min(border / (unit * 0.004f), 1));
            }
        }
    }

    /// <summary>Big square pixels with few shades, mixed by an ordered pattern.</summary>
    public static void Pixel(Canvas canvas)
    {
        const float Shades = 9;
        ReadOnlySpan<byte> pattern = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
        var block = Math.Max(2, (int)(canvas.Unit / 128));
        for (var top = 0; top < canvas.Height; top += block)
        {
            for (var left = 0; left < canvas.Width; left += block)
            {
                var average = Average(canvas, left, top, block);
                var offset = ((pattern[(top / block % 4 * 4) + (left / block % 4)] + 0.5f) / 16) - 0.5f;
                canvas.Rectangle(left, top, left + block, top + block, new Rgb(Reduce(average.R, offset), Reduce(average.G, offset), Reduce(average.B, offset)));
            }
        }

        static float Reduce(float channel, float offset) =>
            Math.Clamp(MathF.Round((channel / 255 * Shades) + (offset * 0.6f)), 0, Shades) * (255 / Shades);
    }

    /// <summary>Ink outlines and hatching on paper, with a breath of colour.</summary>
    public static void Line(Canvas canvas)
    {
        var source = Copy(canvas);
        var ink = Rgb.Hex(0x1D2233);
        var pitch = Math.Max(4, (int)(canvas.Unit / 110));
        var nib = Math.Max(1, (int)(canvas.Unit / 700));
        for (var y = 0; y < canvas.Height; y++)
        {
            for (var x = 0; x < canvas.Width; x++)
            {
                var (colour, left, above) = (source[x, y], source[Math.Max(0, x - nib - 1), y], source[x, Math.Max(0, y - nib - 1)]);
                var step = Difference(colour, left) + Difference(colour, above);
                var outline = Math.Clamp((step - 16) / 26, 0, 1);
                var dark = 1 - (colour.Luminance / 255);
                var hatch = dark > 0.55f && (x + y) % pitch < nib ? 0.5f : 0;
                hatch = dark > 0.75f && (x - y + canvas.Height) % pitch < nib ? 0.5f : hatch;
                canvas[x, y] = Paper.Mix(colour, 0.16f).Mix(ink, Math.Max(outline, hatch));
            }
        }

        static float Difference(Rgb one, Rgb other) =>
            MathF.Abs(one.R - other.R) + MathF.Abs(one.G - other.G) + MathF.Abs(one.B - other.B);
    }

    private static Canvas Copy(Canvas canvas)
    {
        var copy = new Canvas(canvas.Width, canvas.Height);
        canvas.Pixels.CopyTo(copy.Pixels, 0);
        return copy;
    }

    private static byte[] Brightness(Canvas canvas)
    {
        var brightness = new byte[canvas.Width * canvas.Height];
        for (var i = 0; i < brightness.Length; i++)
        {
            brightness[i] = (byte)((canvas.Pixels[i * 3] + (2 * canvas.Pixels[(i * 3) + 1]) + canvas.Pixels[(i * 3) + 2]) / 4);
        }

        return brightness;
    }

    private static Rgb Average(Canvas canvas, int left, int top, int block)
    {
        var (red, green, blue, count) = (0f, 0f, 0f, 0);
        for (var y = top; y < Math.Min(top + block, canvas.Height); y++)
        {
            for (var x = left; x < Math.Min(left + block, canvas.Width); x++)
            {
                var colour = canvas[x, y];
                (red, green, blue, count) = (red + colour.R, green + colour.G, blue + colour.B, count + 1);
            }
        }

        return new Rgb(red / count, green / count, blue / count);
    }
}
