namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Pixels and the shapes to put on them. Coordinates are in pixels from the top left; shapes may leave the canvas.</summary>
internal sealed class Canvas(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>The shorter side: what sizes are relative to.</summary>
    public float Unit { get; } = Math.Min(width, height);

    /// <summary>Rows of red, green and blue bytes.</summary>
    public byte[] Pixels { get; } = new byte[width * height * 3];

    public Rgb this[int x, int y]
    {
        get
        {
            var at = ((y * Width) + x) * 3;
            return new Rgb(Pixels[at], Pixels[at + 1], Pixels[at + 2]);
        }

        set
        {
            var at = ((y * Width) + x) * 3;
            Pixels[at] = (byte)(value.R + 0.5f);
            Pixels[at + 1] = (byte)(value.G + 0.5f);
            Pixels[at + 2] = (byte)(value.B + 0.5f);
        }
    }

    /// <summary>Lays a colour over a pixel; <paramref name="opacity"/> from 0 to 1.</summary>
    public void Blend(int x, int y, Rgb colour, float opacity)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
        {
            return;
        }

        var at = ((y * Width) + x) * 3;
        Pixels[at] = Mixed(Pixels[at], colour.R, opacity);
        Pixels[at + 1] = Mixed(Pixels[at + 1], colour.G, opacity);
        Pixels[at + 2] = Mixed(Pixels[at + 2], colour.B, opacity);
    }

    public void Rectangle(float left, float top, float right, float bottom, Rgb colour, float opacity = 1)
    {
        var (fromX, toX) = (Math.Max(0, (int)MathF.Round(left)), Math.Min(Width, (int)MathF.Round(right)));
        var (fromY, toY) = (Math.Max(0, (int)MathF.Round(top)), Math.Min(Height, (int)MathF.Round(bottom)));
        for (var y = fromY; y < toY; y++)
        {
            for (var x = fromX; x < toX; x++)
            {
                Blend(x, y, colour, opacity);
            }
        }
    }

    public void Disc(float centreX, float centreY, float radius, Rgb colour, float opacity = 1) =>
        Ellipse(centreX, centreY, radius, radius, colour, opacity);

    public void Ellipse(float centreX, float centreY, float radiusX, float radiusY, Rgb colour, float opacity = 1)
    {
        if (radiusX <= 0 || radiusY <= 0)
        {
            return;
        }

        var (fromY, toY) = (Math.Max(0, (int)(centreY - radiusY - 1)), Math.Min(Height - 1, (int)(centreY + radiusY + 1)));
        var (fromX, toX) = (Math.Max(0, (int)(centreX - radiusX - 1)), Math.Min(Width - 1, (int)(centreX + radiusX + 1)));
        var softness = Math.Min(radiusX, radiusY);
        for (var y = fromY; y <= toY; y++)
        {
            var dy = (y + 0.5f - centreY) / radiusY;
            for (var x = fromX; x <= toX; x++)
            {
                var dx = (x + 0.5f - centreX) / radiusX;
                var cover = Math.Clamp(((1 - MathF.Sqrt((dx * dx) + (dy * dy))) * softness) + 0.5f, 0, 1);
                if (cover > 0)
                {
                    Blend(x, y, colour, cover * opacity);
                }
            }
        }
    }

    /// <summary>Light that fades from the centre to nothing at the radius.</summary>
    public void Glow(float centreX, float centreY, float radius, Rgb colour, float strength)
    {
        var (fromY, toY) = (Math.Max(0, (int)(centreY - radius)), Math.Min(Height - 1, (int)(centreY + radius)));
        var (fromX, toX) = (Math.Max(0, (int)(centreX - radius)), Math.Min(Width - 1, (int)(centreX + radius)));
        for (var y = fromY; y <= toY; y++)
        {
            for (var x = fromX; x <= toX; x++)
            {
                var (dx, dy) = (x - centreX, y - centreY);
                var fade = 1 - (((dx * dx) + (dy * dy)) / (radius * radius));
                if (fade > 0)
                {
                    Blend(x, y, colour, strength * fade * fade * fade);
                }
            }
        }
    }

    /// <summary>Everything below a line that is given by its height for every column.</summary>
    public void Below(float[] crest, Func<int, Rgb> colourOfRow, float opacity = 1)
    {
        for (var y = Math.Max(0, (int)crest.Min()); y < Height; y++)
        {
            var colour = colourOfRow(y);
            for (var x = 0; x < Width; x++)
            {
                var cover = y + 1 - crest[x];
                if (cover > 0)
                {
                    Blend(x, y, colour, Math.Min(cover, 1) * opacity);
                }
            }
        }
    }

    /// <summary>A straight stroke with round ends.</summary>
    public void Stroke(float fromX, float fromY, float toX, float toY, float thickness, Rgb colour, float opacity = 1)
    {
        var half = thickness / 2;
        var (dx, dy) = (toX - fromX, toY - fromY);
        var squared = Math.Max((dx * dx) + (dy * dy), 1e-6f);
        for (var y = (int)(Math.Min(fromY, toY) - half - 1); y <= Math.Max(fromY, toY) + half + 1; y++)
        {
            for (var x = (int)(Math.Min(fromX, toX) - half - 1); x <= Math.Max(fromX, toX) + half + 1; x++)
            {
                var (px, py) = (x + 0.5f - fromX, y + 0.5f - fromY);
                var along = Math.Clamp(((px * dx) + (py * dy)) / squared, 0, 1);
                var distance = MathF.Sqrt(Square(px - (dx * along)) + Square(py - (dy * along)));
                var cover = Math.Clamp(half + 0.5f - distance, 0, 1);
                if (cover > 0)
                {
                    Blend(x, y, colour, cover * opacity);
                }
            }
        }
    }

    /// <summary>A filled polygon without holes, its edges smoothed over four lines per row.</summary>
    public void Polygon(ReadOnlySpan<(float X, float Y)> corners, Rgb colour, float opacity = 1)
    {
        const int Lines = 4;
        var (left, top, right, bottom) = ((float)Width, (float)Height, 0f, 0f);
        foreach (var corner in corners)
        {
            (left, right) = (Math.Min(left, corner.X), Math.Max(right, corner.X));
            (top, bottom) = (Math.Min(top, corner.Y), Math.Max(bottom, corner.Y));
        }

        var (firstX, endX) = (Math.Max(0, (int)left), Math.Min(Width, (int)right + 1));

        var cover = new float[Width];
        Span<float> crossings = stackalloc float[corners.Length];
        for (var y = Math.Max(0, (int)top); y <= Math.Min(Height - 1, (int)bottom); y++)
        {
            for (var line = 0; line < Lines; line++)
            {
                var found = crossings[..Cross(corners, y + ((line + 0.5f) / Lines), crossings)];
                found.Sort();
                for (var i = 0; i + 1 < found.Length; i += 2)
                {
                    Cover(cover, found[i], found[i + 1], 1f / Lines);
                }
            }

            for (var x = firstX; x < endX; x++)
            {
                if (cover[x] > 0)
                {
                    Blend(x, y, colour, Math.Min(cover[x], 1) * opacity);
                    cover[x] = 0;
                }
            }
        }
    }

    private static int Cross(ReadOnlySpan<(float X, float Y)> corners, float y, Span<float> crossings)
    {
        var count = 0;
        for (var i = 0; i < corners.Length; i++)
        {
            var (from, to) = (corners[i], corners[(i + 1) % corners.Length]);
            if (from.Y <= y != to.Y <= y)
            {
                crossings[count++] = from.X + ((to.X - from.X) * (y - from.Y) / (to.Y - from.Y));
            }
        }

        return count;
    }

    private static void Cover(float[] cover, float left, float right, float share)
    {
        (left, right) = (Math.Max(0, left), Math.Min(cover.Length, right));
        for (var x = (int)left; x < right && x < cover.Length; x++)
        {
            cover[x] += (Math.Min(right, x + 1) - Math.Max(left, x)) * share;
        }
    }

    private static byte Mixed(byte below, float above, float opacity) => (byte)(below + ((above - below) * opacity) + 0.5f);

    private static float Square(float value) => value * value;
}
