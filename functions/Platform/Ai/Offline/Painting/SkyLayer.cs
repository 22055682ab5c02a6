namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Sky, sun or moon, stars and clouds; and what falls from them.</summary>
internal static class SkyLayer
{
    public static void Paint(Scene scene)
    {
        Gradient(scene);
        if (scene.Palette.Dark)
        {
            Stars(scene, scene.Horizon, 220);
            Sun(scene);
        }
        else
        {
            Sun(scene);
            Clouds(scene);
        }
    }

    public static void Gradient(Scene scene)
    {
        var (canvas, palette) = (scene.Canvas, scene.Palette);
        for (var y = 0; y < canvas.Height; y++)
        {
            var depth = Math.Min(y / scene.Horizon, 1);
            var colour = depth < 0.55f
                ? palette.SkyTop.Mix(palette.SkyMiddle, depth / 0.55f)
                : palette.SkyMiddle.Mix(palette.SkyBottom, (depth - 0.55f) / 0.45f);
            for (var x = 0; x < canvas.Width; x++)
            {
                canvas[x, y] = colour;
            }
        }
    }

    public static void Stars(Scene scene, float bottom, int count)
    {
        var random = scene.Random.Fork(2);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (random.Next() * scene.Canvas.Width, random.Next() * random.Between(0.6f, 1) * bottom);
            var radius = scene.Canvas.Unit * random.Between(0.0006f, 0.0018f);
            scene.Canvas.Disc(x, y, Math.Max(radius, 0.5f), Rgb.White, random.Between(0.4f, 1));
            if (random.Chance(0.04f))
            {
                scene.Canvas.Glow(x, y, Math.Max(radius, 0.5f) * 7, scene.Palette.Light, 0.55f);
            }
        }
    }

    /// <summary>Rain or snow in front of everything.</summary>
    public static void Weather(Scene scene)
    {
        var (canvas, random) = (scene.Canvas, scene.Random.Fork(3));
        for (var i = 0; scene.Has(Motif.Rain) && i < 320; i++)
        {
            var (x, y) = (random.Next() * canvas.Width * 1.1f, random.Next() * canvas.Height);
            var length = canvas.Unit * random.Between(0.02f, 0.05f);
            canvas.Stroke(x, y, x - (length * 0.25f), y + length, canvas.Unit * 0.0016f, Rgb.White, random.Between(0.15f, 0.45f));
        }

        for (var i = 0; scene.Has(Motif.Snow) && i < 260; i++)
        {
            var radius = canvas.Unit * random.Between(0.001f, 0.0045f);
            canvas.Disc(random.Next() * canvas.Width, random.Next() * canvas.Height, radius, Rgb.White, random.Between(0.4f, 0.9f));
        }
    }

    private static void Sun(Scene scene)
    {
        var (canvas, palette) = (scene.Canvas, scene.Palette);
        var (x, y, radius) = scene.Sun;
        canvas.Glow(x, y, canvas.Unit * 0.55f, palette.Light, palette.Dark ? 0.3f : 0.5f);
        canvas.Glow(x, y, radius * 2.2f, palette.Light, 0.6f);
        if (scene.Soft && !palette.Dark)
        {
            canvas.Glow(x, y, radius * 1.7f, Rgb.White, 1);
            canvas.Glow(x, y, radius, Rgb.White, 1);
            return;
        }

        canvas.Disc(x, y, radius, palette.Light);
        if (palette.Dark)
        {
            var spots = palette.Light.Mix(palette.SkyMiddle, 0.25f);
            canvas.Disc(x - (radius * 0.35f), y - (radius * 0.25f), radius * 0.24f, spots, 0.6f);
            canvas.Disc(x + (radius * 0.3f), y + (radius * 0.3f), radius * 0.3f, spots, 0.5f);
            canvas.Disc(x + (radius * 0.35f), y - (radius * 0.45f), radius * 0.14f, spots, 0.5f);
        }
    }

    private static void Clouds(Scene scene)
    {
        var random = scene.Random.Fork(4);
        var amount = scene.Has(Motif.Grey) ? 1f : random.Between(0.2f, 0.8f);
        if (scene.Soft)
        {
            SoftClouds(scene, random, amount);
            return;
        }

        for (var i = 0; i < 2 + (amount * 6); i++)
        {
            FlatCloud(scene, random);
        }
    }

    /// <summary>Round tops over a straight base, lit from above.</summary>
    private static void FlatCloud(Scene scene, SeededRandom random)
    {
        var canvas = scene.Canvas;
        var (x, y) = (random.Next() * canvas.Width, scene.Horizon * random.Between(0.12f, 0.72f));
        var (length, puffs) = (canvas.Unit * random.Between(0.12f, 0.3f), 5 + random.Below(3));
        var colour = scene.Palette.SkyBottom.Mix(scene.Palette.Light, 0.5f);
        var top = new float[canvas.Width];
        Array.Fill(top, y);
        for (var i = 0; i < puffs; i++)
        {
            var along = (i + 0.5f) / puffs;
            var radius = length * (0.1f + (0.16f * MathF.Sin(along * MathF.PI) * random.Between(0.7f, 1.2f)));
            var centre = x + ((along - 0.5f) * length);
            for (var column = Math.Max(0, (int)(centre - radius)); column < Math.Min(canvas.Width, centre + radius); column++)
            {
                var reach = (radius * radius) - ((column - centre) * (column - centre));
                top[column] = reach > 0 ? Math.Min(top[column], y - MathF.Sqrt(reach)) : top[column];
            }
        }

        for (var column = 0; column < canvas.Width; column++)
        {
            for (var row = (int)top[column]; top[column] < y && row < y; row++)
            {
                var cover = Math.Clamp(row + 1 - top[column], 0, 1) * (0.85f - (0.6f * Math.Clamp((row - y + (length * 0.3f)) / (length * 0.3f), 0, 1)));
                canvas.Blend(column, row, colour, cover);
            }
        }
    }

    private static void SoftClouds(Scene scene, SeededRandom random, float amount)
    {
        var canvas = scene.Canvas;
        var field = new NoiseField(new Noise(random), canvas.Width, canvas.Height, canvas.Unit * 0.42f, canvas.Unit * 0.13f, 5);
        var threshold = 0.62f - (0.14f * amount);
        for (var y = 0; y < scene.Horizon; y++)
        {
            var fade = 0.9f * MathF.Sin(MathF.PI * Math.Min(0.15f + (y / scene.Horizon), 1));
            for (var x = 0; x < canvas.Width; x++)
            {
                var density = (field.At(x, y) - threshold) * 5;
                if (density > 0)
                {
                    var shade = scene.Palette.Light.Mix(scene.Palette.SkyMiddle, Math.Min(density * 0.4f, 0.45f));
                    canvas.Blend(x, y, shade, Math.Min(density, 1) * fade);
                }
            }
        }
    }
}
