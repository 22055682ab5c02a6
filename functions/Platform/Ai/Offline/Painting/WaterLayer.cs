namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Water from the horizon to the front, which mirrors what has been painted above it.</summary>
internal static class WaterLayer
{
    public static void Paint(Scene scene)
    {
        var (canvas, palette, random) = (scene.Canvas, scene.Palette, scene.Random.Fork(70));
        var noise = new Noise(random);
        var horizon = (int)scene.Horizon;
        var depth = canvas.Height - horizon;
        var deep = palette.SkyTop.Mix(palette.Near, 0.45f);
        for (var y = horizon; y < canvas.Height; y++)
        {
            var nearness = (y - horizon) / (float)depth;
            var scale = 1 / (0.02f + (nearness * 0.16f));
            for (var x = 0; x < canvas.Width; x++)
            {
                var ripple = noise.Layered(x / canvas.Unit * scale * 0.9f, MathF.Log(nearness + 0.03f) * 16, 2) - 0.5f;
                var mirroredX = Math.Clamp((int)(x + (ripple * canvas.Unit * (0.01f + (nearness * 0.1f)))), 0, canvas.Width - 1);
                var mirroredY = Math.Clamp((int)(horizon - ((y - horizon) * 1.15f) + (ripple * canvas.Unit * nearness * 0.3f)), 0, horizon - 1);
                var colour = canvas[mirroredX, mirroredY].Mix(deep, Math.Clamp(0.22f + (nearness * 0.5f) - (ripple * 0.35f), 0, 1));
                canvas[x, y] = ripple > 0.16f ? colour.Mix(palette.Light, (ripple - 0.16f) * 0.9f) : colour;
            }
        }

        Glitter(scene, random, horizon, depth);
    }

    /// <summary>The broken path of light under the sun.</summary>
    private static void Glitter(Scene scene, SeededRandom random, int horizon, int depth)
    {
        var canvas = scene.Canvas;
        for (var i = 0; i < 170; i++)
        {
            var nearness = random.Next();
            var y = horizon + (nearness * depth);
            var spread = canvas.Unit * (0.03f + (nearness * 0.11f));
            var x = scene.Sun.X + ((random.Next() + random.Next() - 1) * spread);
            var length = canvas.Unit * random.Between(0.006f, 0.03f) * (0.4f + nearness);
            canvas.Ellipse(x, y, length, canvas.Unit * (0.0008f + (0.0026f * nearness)), scene.Palette.Light, random.Between(0.25f, 0.8f));
        }
    }
}
