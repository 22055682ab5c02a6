namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>The figures that stand in a picture.</summary>
internal static class Silhouettes
{
    /// <summary>Draws a figure with its rim of light.</summary>
    public static void Lit(Scene scene, float footX, float footY, float size, Action<Brush> figure)
    {
        var towardsSun = scene.Sun.X < footX ? -1 : 1;
        var shift = scene.Canvas.Unit * 0.0032f;
        var body = scene.Palette.Near.Darker(0.45f);
        figure(new Brush(scene, footX + (towardsSun * shift), footY - (shift * 0.6f), size, scene.Palette.Light.Mix(scene.Palette.Accent, 0.35f), IsRim: true));
        figure(new Brush(scene, footX, footY, size, body, IsRim: false));
    }

    public static void Cat(Brush brush)
    {
        var (eye, tail) = (Rgb.Hex(0xF7D64A), new (float X, float Y)[] { (0.2f, 0.06f), (0.36f, 0.05f), (0.47f, 0.12f), (0.5f, 0.24f), (0.45f, 0.35f), (0.48f, 0.45f) });
        for (var i = 0; i + 1 < tail.Length; i++)
        {
            brush.Stroke(tail[i].X, tail[i].Y, tail[i + 1].X, tail[i + 1].Y, 0.075f);
        }

        brush.Ellipse(0, 0.22f, 0.27f, 0.26f);
        brush.Shape((-0.2f, 0.35f), (-0.13f, 0.6f), (0.13f, 0.6f), (0.2f, 0.35f), (0.17f, 0.02f), (-0.17f, 0.02f));
        brush.Ellipse(-0.11f, 0.04f, 0.09f, 0.045f);
        brush.Ellipse(0.11f, 0.04f, 0.09f, 0.045f);
        brush.Ellipse(0, 0.71f, 0.23f, 0.185f);
        brush.Shape((-0.225f, 0.74f), (-0.21f, 1.02f), (-0.03f, 0.87f));
        brush.Shape((0.225f, 0.74f), (0.21f, 1.02f), (0.03f, 0.87f));
        var inner = brush.Body.Mix(brush.Scene.Palette.Accent, 0.5f);
        brush.DetailShape(inner, (-0.185f, 0.84f), (-0.185f, 0.95f), (-0.1f, 0.88f));
        brush.DetailShape(inner, (0.185f, 0.84f), (0.185f, 0.95f), (0.1f, 0.88f));
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            brush.Detail(side * 0.095f, 0.73f, 0.058f, 0.05f, eye);
            brush.Detail(side * 0.095f, 0.73f, 0.016f, 0.045f, Rgb.Black);
            brush.Detail(side * 0.082f, 0.745f, 0.01f, 0.01f, Rgb.White);
        }

        brush.DetailShape(inner, (-0.025f, 0.655f), (0.025f, 0.655f), (0, 0.63f));
    }

    public static void Dog(Brush brush)
    {
        brush.Stroke(-0.24f, 0.14f, -0.44f, 0.4f, 0.06f);
        brush.Ellipse(-0.1f, 0.2f, 0.21f, 0.21f);
        brush.Shape((-0.22f, 0.33f), (0.08f, 0.68f), (0.2f, 0.58f), (0.17f, 0.02f), (0.03f, 0.02f), (0.0f, 0.2f));
        brush.Stroke(0.12f, 0.5f, 0.13f, 0.04f, 0.1f);
        brush.Ellipse(0.17f, 0.035f, 0.075f, 0.035f);
        brush.Ellipse(-0.06f, 0.035f, 0.14f, 0.04f);
        brush.Ellipse(0.14f, 0.74f, 0.155f, 0.14f);
        brush.Stroke(0.2f, 0.71f, 0.34f, 0.68f, 0.12f);
        brush.Ellipse(0.03f, 0.7f, 0.065f, 0.15f);
        brush.Detail(0.39f, 0.705f, 0.028f, 0.024f, Rgb.Black);
        brush.Detail(0.19f, 0.775f, 0.02f, 0.022f, brush.Scene.Palette.Light);
        brush.DetailShape(brush.Scene.Palette.Accent, (0.02f, 0.6f), (0.2f, 0.55f), (0.205f, 0.585f), (0.02f, 0.64f));
    }

    public static void Person(Brush brush)
    {
        brush.Ellipse(0, 0.93f, 0.075f, 0.085f);
        brush.Shape((-0.035f, 0.87f), (0.035f, 0.87f), (0.15f, 0.8f), (0.135f, 0.42f), (-0.135f, 0.42f), (-0.15f, 0.8f));
        brush.Stroke(-0.135f, 0.77f, -0.19f, 0.46f, 0.06f);
        brush.Stroke(0.135f, 0.77f, 0.19f, 0.46f, 0.06f);
        brush.Stroke(-0.07f, 0.44f, -0.09f, 0.04f, 0.1f);
        brush.Stroke(0.07f, 0.44f, 0.09f, 0.04f, 0.1f);
        brush.Stroke(-0.09f, 0.025f, -0.13f, 0.025f, 0.05f);
        brush.Stroke(0.09f, 0.025f, 0.13f, 0.025f, 0.05f);
        brush.DetailShape(brush.Scene.Palette.Accent, (-0.07f, 0.87f), (0.07f, 0.87f), (0.08f, 0.82f), (-0.08f, 0.82f));
        brush.DetailShape(brush.Scene.Palette.Accent, (0.03f, 0.83f), (0.085f, 0.83f), (0.1f, 0.64f), (0.045f, 0.66f));
    }

    public static void House(Brush brush)
    {
        var (light, wall) = (Rgb.Hex(0xFFDE8F), brush.Body.Mix(brush.Scene.Palette.Accent, 0.3f));
        brush.Shape((0.2f, 0.6f), (0.2f, 0.92f), (0.31f, 0.92f), (0.31f, 0.55f));
        brush.Shape((-0.42f, -0.03f), (-0.42f, 0.46f), (0.42f, 0.46f), (0.42f, -0.03f));
        brush.DetailShape(wall, (-0.42f, -0.03f), (-0.42f, 0.46f), (0.42f, 0.46f), (0.42f, -0.03f));
        brush.Shape((-0.52f, 0.43f), (0, 0.86f), (0.52f, 0.43f));
        brush.DetailShape(light, (-0.3f, 0.18f), (-0.3f, 0.36f), (-0.12f, 0.36f), (-0.12f, 0.18f));
        brush.DetailShape(wall, (-0.22f, 0.18f), (-0.22f, 0.36f), (-0.2f, 0.36f), (-0.2f, 0.18f));
        brush.DetailShape(wall, (-0.3f, 0.26f), (-0.3f, 0.28f), (-0.12f, 0.28f), (-0.12f, 0.26f));
        brush.DetailShape(brush.Body, (0.1f, -0.03f), (0.1f, 0.32f), (0.27f, 0.32f), (0.27f, -0.03f));
        brush.Detail(0, 0.6f, 0.055f, 0.055f, light);
    }

    public static void Tree(Brush brush)
    {
        var random = brush.Scene.Random.Fork(121);
        brush.Shape((-0.075f, -0.02f), (-0.035f, 0.5f), (0.035f, 0.5f), (0.075f, -0.02f));
        brush.Stroke(0, 0.4f, 0.2f, 0.66f, 0.035f);
        brush.Stroke(0, 0.45f, -0.2f, 0.7f, 0.035f);
        var leaves = brush.Body.Mix(brush.Scene.Palette.Accent, brush.Scene.Has(Motif.Autumn) ? 0.7f : 0.12f);
        for (var i = 0; i < 34; i++)
        {
            var (sine, cosine) = MathF.SinCos(random.Between(0, 6.28f));
            var (reach, radius) = (MathF.Sqrt(random.Next()), random.Between(0.07f, 0.13f));
            var (x, y) = (cosine * reach * 0.34f, 0.84f + (sine * reach * 0.24f));
            brush.Ellipse(x, y, radius, radius);
            brush.Detail(x, y, radius, radius, leaves.Mix(brush.Scene.Palette.Light, random.Between(0, 0.14f)));
        }
    }
}
