namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Who or what the picture is about, as silhouettes with a rim of light from the sun's side.</summary>
internal static class SubjectLayer
{
    // The first of those asked for gets the best place.
    private static readonly (Motif Motif, Action<Brush> Draw)[] Figures =
    [
        (Motif.Cat, Silhouettes.Cat),
        (Motif.Dog, Silhouettes.Dog),
        (Motif.Person, Silhouettes.Person),
        (Motif.House, Silhouettes.House),
        (Motif.Tree, Silhouettes.Tree),
    ];

    /// <summary>What flies or swims: painted before the ground in front.</summary>
    public static void Distant(Scene scene)
    {
        var (canvas, random) = (scene.Canvas, scene.Random.Fork(120));
        if (scene.Has(Motif.Balloon))
        {
            Balloon(scene, canvas.Width * random.Between(0.3f, 0.7f), canvas.Height * 0.3f, canvas.Unit * 0.13f);
            Balloon(scene, canvas.Width * random.Between(0.1f, 0.9f), canvas.Height * 0.2f, canvas.Unit * 0.05f);
        }

        if (scene.Has(Motif.Boat))
        {
            Boat(scene, canvas.Width * random.Between(0.3f, 0.7f), canvas.Height * 0.68f, canvas.Unit * 0.17f);
        }

        for (var i = 0; scene.Has(Motif.Bird) && i < 9; i++)
        {
            var size = canvas.Unit * random.Between(0.015f, 0.045f);
            Bird(scene, canvas.Width * random.Between(0.15f, 0.85f), canvas.Height * random.Between(0.12f, 0.42f), size);
        }
    }

    /// <summary>Who stands on the ground, whose height is given for every column.</summary>
    public static void Standing(Scene scene, float[] ground)
    {
        var x = scene.Canvas.Width * (scene.Sun.X < scene.Canvas.Width * 0.5f ? 0.64f : 0.36f);
        var offset = scene.Canvas.Width * (x > scene.Canvas.Width * 0.5f ? -0.32f : 0.32f);
        foreach (var (_, figure) in Figures.Where(f => scene.Has(f.Motif)))
        {
            var foot = ground[Math.Clamp((int)x, 0, ground.Length - 1)] + (scene.Canvas.Unit * 0.012f);
            Silhouettes.Lit(scene, x, foot, scene.Canvas.Unit * 0.3f, figure);
            x += offset;
            offset *= -0.55f;
        }
    }

    private static void Bird(Scene scene, float x, float y, float size)
    {
        var (canvas, colour) = (scene.Canvas, scene.Palette.Land(0.9f));
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            canvas.Polygon(
                [
                    (x, y), (x + (side * size * 0.4f), y - (size * 0.42f)), (x + (side * size), y - (size * 0.3f)),
                    (x + (side * size * 0.45f), y - (size * 0.22f)), (x, y + (size * 0.16f)),
                ],
                colour);
        }
    }

    private static void Boat(Scene scene, float x, float y, float size)
    {
        var (canvas, hull) = (scene.Canvas, scene.Palette.Near.Mix(scene.Palette.Accent, 0.25f));
        canvas.Ellipse(x, y + (size * 0.16f), size * 0.6f, size * 0.05f, scene.Palette.Near, 0.35f);
        canvas.Stroke(x, y, x, y - (size * 1.25f), size * 0.03f, hull);
        canvas.Polygon([(x + (size * 0.05f), y - (size * 1.2f)), (x + (size * 0.05f), y - (size * 0.12f)), (x + (size * 0.55f), y - (size * 0.12f))], scene.Palette.Light);
        canvas.Polygon([(x - (size * 0.05f), y - (size * 1.05f)), (x - (size * 0.05f), y - (size * 0.12f)), (x - (size * 0.42f), y - (size * 0.12f))], scene.Palette.Accent);
        canvas.Polygon([(x - (size * 0.55f), y - (size * 0.06f)), (x + (size * 0.65f), y - (size * 0.06f)), (x + (size * 0.42f), y + (size * 0.15f)), (x - (size * 0.4f), y + (size * 0.15f))], hull);
    }

    private static void Balloon(Scene scene, float x, float y, float radius)
    {
        var (canvas, bouquet) = (scene.Canvas, scene.Palette.Bouquet);
        var basket = scene.Palette.Near.Mix(scene.Palette.Accent, 0.3f);
        var bottom = y + (radius * 1.55f);
        canvas.Stroke(x - (radius * 0.45f), y + (radius * 0.8f), x - (radius * 0.14f), bottom, radius * 0.03f, basket);
        canvas.Stroke(x + (radius * 0.45f), y + (radius * 0.8f), x + (radius * 0.14f), bottom, radius * 0.03f, basket);
        canvas.Rectangle(x - (radius * 0.17f), bottom, x + (radius * 0.17f), bottom + (radius * 0.26f), basket);
        for (var stripe = 0; stripe < 5; stripe++)
        {
            var half = radius * (1 - (stripe * 0.22f));
            var colour = bouquet[stripe % 2].Darker(stripe == 0 ? 0.12f : 0);
            canvas.Ellipse(x, y, half, radius, colour);
            canvas.Polygon([(x - (half * 0.97f), y + (radius * 0.25f)), (x + (half * 0.97f), y + (radius * 0.25f)), (x + (half * 0.35f), y + (radius * 1.25f)), (x - (half * 0.35f), y + (radius * 1.25f))], colour);
        }
    }
}
