namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Stars, a nebula and planets.</summary>
internal static class SpaceLayer
{
    public static void Paint(Scene scene)
    {
        Nebula(scene);
        SkyLayer.Stars(scene, scene.Canvas.Height, 420);
        var random = scene.Random.Fork(101);
        var (canvas, palette) = (scene.Canvas, scene.Palette);
        var isLeft = random.Chance(0.5f);
        var (x, y, radius) = (canvas.Width * (isLeft ? 0.34f : 0.64f), canvas.Height * random.Between(0.36f, 0.46f), canvas.Unit * random.Between(0.17f, 0.23f));
        var colour = random.Pick<Rgb>([palette.Accent, palette.Accent.Turned(60), palette.SkyMiddle.Lighter(0.25f)]);
        canvas.Glow(x, y, radius * 1.5f, colour, 0.5f);
        Ring(canvas, x, y, radius, colour.Lighter(0.45f), inFront: false);
        Planet(canvas, random, x, y, radius, colour);
        Ring(canvas, x, y, radius, colour.Lighter(0.45f), inFront: true);
        Planet(canvas, random, canvas.Width * (isLeft ? 0.78f : 0.2f), canvas.Height * random.Between(0.16f, 0.3f), radius * 0.26f, palette.Light.Mix(palette.SkyMiddle, 0.35f));
        Planet(canvas, random, canvas.Width * (isLeft ? 0.7f : 0.3f), canvas.Height * random.Between(0.6f, 0.7f), radius * 0.14f, colour.Turned(150));
    }

    private static void Nebula(Scene scene)
    {
        var (canvas, palette, random) = (scene.Canvas, scene.Palette, scene.Random.Fork(100));
        var field = new NoiseField(new Noise(random), canvas.Width, canvas.Height, canvas.Unit * 0.4f, canvas.Unit * 0.4f, 5);
        var tint = new NoiseField(new Noise(random), canvas.Width, canvas.Height, canvas.Unit * 0.6f, canvas.Unit * 0.6f, 2);
        var dark = palette.SkyTop.Darker(0.78f);
        var (cool, warm) = (palette.SkyMiddle.Mix(palette.SkyTop, 0.3f), palette.Accent.Mix(palette.SkyMiddle, 0.3f));
        for (var y = 0; y < canvas.Height; y++)
        {
            for (var x = 0; x < canvas.Width; x++)
            {
                var band = ((x / (float)canvas.Width) - (y / (float)canvas.Height)) * 1.5f;
                var density = Math.Clamp((field.At(x, y) * 1.7f) - 0.62f - (band * band * 0.5f), 0, 1);
                canvas[x, y] = dark.Mix(cool.Mix(warm, Math.Clamp((tint.At(x, y) * 2) - 0.5f, 0, 1)), density);
            }
        }
    }

    /// <summary>A ball in sunlight from the upper left, with bands.</summary>
    private static void Planet(Canvas canvas, SeededRandom random, float centreX, float centreY, float radius, Rgb colour)
    {
        var noise = new Noise(random);
        for (var y = (int)(centreY - radius); y <= centreY + radius; y++)
        {
            for (var x = (int)(centreX - radius); x <= centreX + radius; x++)
            {
                var (dx, dy) = ((x + 0.5f - centreX) / radius, (y + 0.5f - centreY) / radius);
                var distance = MathF.Sqrt((dx * dx) + (dy * dy));
                var cover = Math.Clamp(((1 - distance) * radius) + 0.5f, 0, 1);
                if (cover > 0)
                {
                    var towards = MathF.Sqrt(Math.Max(0, 1 - (distance * distance)));
                    var light = Math.Clamp((-0.55f * dx) + (-0.5f * dy) + (0.66f * towards), 0, 1);
                    var band = noise.At((dy * 5) + (0.25f * dx * dx) + 40);
                    canvas.Blend(x, y, colour.Mix(Rgb.White, (band * 0.5f) - 0.1f).Darker(0.94f * (1 - light)), cover);
                }
            }
        }
    }

    private static void Ring(Canvas canvas, float centreX, float centreY, float radius, Rgb colour, bool inFront)
    {
        const float Tilt = 0.28f;
        for (var y = (int)(centreY - (radius * 1.4f)); y <= centreY + (radius * 1.4f); y++)
        {
            for (var x = (int)(centreX - (radius * 2)); x <= centreX + (radius * 2); x++)
            {
                var (dx, dy) = ((x - centreX) / radius, (y - centreY) / radius);
                var (along, across) = ((dx * 0.94f) + (dy * -0.34f), ((dx * 0.34f) + (dy * 0.94f)) / Tilt);
                var distance = MathF.Sqrt((along * along) + (across * across));
                if (across > 0 == inFront && distance is > 1.3f and < 1.95f)
                {
                    var edge = Math.Min(Math.Min(distance - 1.3f, 1.95f - distance) * 25, 1);
                    var gap = MathF.Abs(distance - 1.68f) < 0.025f ? 0.15f : 1;
                    canvas.Blend(x, y, colour, edge * gap * (0.55f + (0.2f * MathF.Sin(distance * 40))));
                }
            }
        }
    }
}
