namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>A skyline in three depths with lit windows.</summary>
internal static class CityLayer
{
    public static void Paint(Scene scene)
    {
        var ground = scene.Has(Motif.Water) ? scene.Horizon : scene.Canvas.Height;
        for (var depth = 0; depth < 3; depth++)
        {
            var random = scene.Random.Fork(80 + depth);
            var colour = scene.Palette.Land(0.25f + (depth * 0.33f));
            for (var x = -scene.Canvas.Unit * 0.03f; x < scene.Canvas.Width;)
            {
                var width = scene.Canvas.Unit * random.Between(0.05f, 0.1f) * (1 + (depth * 0.25f));
                var height = scene.Canvas.Unit * random.Between(0.12f, 0.42f) * (1 - (depth * 0.2f));
                var foot = scene.Horizon + (scene.Has(Motif.Water) ? 0 : scene.Canvas.Height * depth * 0.09f);
                Building(scene, random, x, foot - height, x + width, ground, colour.Mix(scene.Palette.Light, random.Between(0, 0.07f)), depth);
                x += width * random.Between(0.9f, 1.25f);
            }

            if (depth < 2 && !scene.Has(Motif.Water))
            {
                var (haze, top) = (scene.Palette.SkyBottom, scene.Horizon - (scene.Canvas.Unit * 0.1f));
                for (var y = (int)top; y < scene.Canvas.Height; y++)
                {
                    scene.Canvas.Rectangle(0, y, scene.Canvas.Width, y + 1, haze, 0.35f * Math.Min((y - top) / (scene.Canvas.Unit * 0.3f), 1));
                }
            }
        }
    }

    private static void Building(Scene scene, SeededRandom random, float left, float top, float right, float ground, Rgb colour, int depth)
    {
        var (canvas, width) = (scene.Canvas, right - left);
        canvas.Rectangle(left, top, right, ground, colour);
        canvas.Rectangle(left + (width * 0.72f), top, right, ground, colour.Darker(0.18f));
        switch (random.Below(5))
        {
            case 0:
                canvas.Stroke(left + (width / 2), top - (width * 0.9f), left + (width / 2), top, canvas.Unit * 0.004f, colour);
                break;
            case 1:
                canvas.Rectangle(left + (width * 0.2f), top - (width * 0.25f), right - (width * 0.2f), top, colour);
                break;
            case 2:
                canvas.Polygon([(left, top + 1), (left + (width / 2), top - (width * 0.5f)), (right, top + 1)], colour);
                break;
        }

        if (depth > 0)
        {
            Windows(scene, random, left, top, right, ground, depth);
        }
    }

    private static void Windows(Scene scene, SeededRandom random, float left, float top, float right, float ground, int depth)
    {
        var canvas = scene.Canvas;
        var columns = 3 + random.Below(3);
        var (step, lit) = ((right - left) / (columns + 0.5f), scene.Palette.Dark ? 0.5f : 0.3f);
        var (glow, pane) = (Rgb.Hex(0xFFDE8F).Mix(scene.Palette.Accent, 0.15f), scene.Palette.Land(0.1f + (depth * 0.2f)));
        for (var y = top + (step * 0.7f); y < ground - step; y += step * 1.5f)
        {
            for (var column = 0; column < columns; column++)
            {
                var x = left + (step * (column + 0.45f));
                var isLit = random.Chance(lit);
                canvas.Rectangle(x, y, x + (step * 0.55f), y + (step * 0.8f), isLit ? glow : pane, isLit ? 0.95f : 0.28f);
            }
        }
    }
}
