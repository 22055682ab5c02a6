namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Pictures of nothing in particular: flowing ribbons, or tiles with simple shapes.</summary>
internal static class AbstractLayer
{
    public static void Paint(Scene scene)
    {
        SkyLayer.Gradient(scene);
        if (scene.Random.Fork(110).Chance(0.5f))
        {
            Ribbons(scene);
        }
        else
        {
            Tiles(scene);
        }
    }

    private static void Ribbons(Scene scene)
    {
        const int Count = 9;
        var (canvas, palette, random) = (scene.Canvas, scene.Palette, scene.Random.Fork(111));
        Rgb[] stops = [palette.SkyBottom, palette.Accent, palette.SkyMiddle, palette.SkyTop, palette.Near];
        var (phase, frequency) = (random.Between(0, 6), random.Between(2.2f, 3.4f));
        for (var i = 0; i < Count; i++)
        {
            var (drift, place) = (random.Between(0.15f, 0.5f), i * (stops.Length - 1f) / (Count - 1));
            phase += drift;
            var crest = scene.Crest(
                canvas.Height * (0.2f + (0.085f * i)),
                canvas.Height * (0.06f + (0.085f * i)),
                x => 0.5f + (0.35f * MathF.Sin((x * frequency) + phase)) + (0.15f * MathF.Sin((x * frequency * 2.3f) - phase)));
            var stop = Math.Min((int)place, stops.Length - 2);
            var colour = stops[stop].Mix(stops[stop + 1], place - stop);
            var (shadow, fade) = (crest.Select(y => y - (canvas.Unit * 0.012f)).ToArray(), canvas.Height * 0.5f);
            var crestTop = crest.Min();
            canvas.Below(shadow, _ => palette.Near, 0.22f);
            canvas.Below(crest, y => colour.Mix(palette.Light, 0.22f * Math.Clamp(1 - ((y - crestTop) / fade), 0, 1)));
        }
    }

    /// <summary>A chequerboard of round and slanted shapes, in the manner of the Bauhaus.</summary>
    private static void Tiles(Scene scene)
    {
        var (canvas, palette, random) = (scene.Canvas, scene.Palette, scene.Random.Fork(112));
        Rgb[] colours = [palette.SkyBottom, palette.Accent, palette.SkyTop, palette.Light, palette.Near, palette.SkyMiddle, palette.Accent.Turned(40)];
        var size = canvas.Unit / (4 + random.Below(3));
        for (var top = 0f; top < canvas.Height; top += size)
        {
            for (var left = 0f; left < canvas.Width; left += size)
            {
                var ground = random.Below(colours.Length);
                var shape = colours[(ground + 1 + random.Below(colours.Length - 1)) % colours.Length];
                canvas.Rectangle(left, top, left + size, top + size, colours[ground]);
                Tile(canvas, random, left, top, size, shape, colours[ground]);
            }
        }
    }

    private static void Tile(Canvas canvas, SeededRandom random, float left, float top, float size, Rgb shape, Rgb ground)
    {
        var quarter = random.Below(4);
        var (cornerX, cornerY) = (left + (quarter is 1 or 2 ? size : 0), top + (quarter is 2 or 3 ? size : 0));
        switch (random.Below(6))
        {
            case 0:
                canvas.Disc(left + (size / 2), top + (size / 2), size * 0.42f, shape);
                canvas.Disc(left + (size / 2), top + (size / 2), size * 0.18f, ground);
                break;
            case 1:
                for (var ring = 4; ring > 0; ring--)
                {
                    Wedge(canvas, cornerX, cornerY, size * ring / 4, quarter, 1, ring % 2 == 0 ? shape : ground);
                }

                break;
            case 2:
                var (middleX, middleY) = (left + (size / 2), top + (size / 2));
                Wedge(canvas, middleX, middleY, size * 0.5f, quarter, 2, shape);
                break;
            case 3:
                canvas.Polygon([(cornerX, cornerY), (left + size - (cornerX - left), cornerY), (cornerX, top + size - (cornerY - top))], shape);
                break;
            default:
                Wedge(canvas, cornerX, cornerY, size, quarter, 1, shape);
                break;
        }
    }

    /// <summary>A slice of a disc: so many quarter turns from the given one, clockwise.</summary>
    private static void Wedge(Canvas canvas, float x, float y, float radius, int quarter, int quarters, Rgb colour)
    {
        const int Steps = 24;
        Span<(float X, float Y)> corners = stackalloc (float X, float Y)[Steps + 2];
        corners[^1] = (x, y);
        for (var i = 0; i <= Steps; i++)
        {
            var (sine, cosine) = MathF.SinCos((quarter + ((float)i / Steps * quarters)) * MathF.PI / 2);
            corners[i] = (x + (cosine * radius), y + (sine * radius));
        }

        canvas.Polygon(corners, colour);
    }
}
