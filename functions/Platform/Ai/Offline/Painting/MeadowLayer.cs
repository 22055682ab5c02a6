namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Grass and flowers on the ground in front.</summary>
internal static class MeadowLayer
{
    public static void Grass(Scene scene, float[] crest)
    {
        var (canvas, random) = (scene.Canvas, scene.Random.Fork(90));
        var colour = LandLayer.Ground(scene, 0.85f).Mix(scene.Palette.Light, 0.12f);
        for (var i = 0; i < 260; i++)
        {
            var x = random.Next() * canvas.Width;
            var y = crest[(int)x] + (canvas.Unit * 0.004f);
            var height = canvas.Unit * random.Between(0.01f, 0.035f);
            canvas.Stroke(x, y, x + (height * random.Between(-0.4f, 0.4f)), y - height, canvas.Unit * 0.0025f, colour);
        }
    }

    public static void Flowers(Scene scene, float[] crest)
    {
        const int Count = 84;
        var (canvas, random) = (scene.Canvas, scene.Random.Fork(91));
        var stem = LandLayer.Ground(scene, 1).Mix(Rgb.Hex(0x6DB35A), 0.4f);
        for (var i = 0; i < Count; i++)
        {
            var nearness = i / (float)Count;
            var x = random.Next() * canvas.Width;
            var size = canvas.Unit * (0.007f + (0.03f * nearness * nearness)) * random.Between(0.8f, 1.3f);
            var ground = crest[(int)x] + ((canvas.Height - crest[(int)x]) * nearness * 0.95f) + (size * 2);
            var (tipX, tipY) = (x + (size * random.Between(-0.8f, 0.8f)), ground - (size * random.Between(3, 4.5f)));
            canvas.Stroke(x, ground, tipX, tipY, Math.Max(1, size * 0.18f), stem);
            canvas.Ellipse(x + (size * 0.6f), ground - (size * 1.2f), size * 0.7f, size * 0.22f, stem);
            Blossom(scene, random, tipX, tipY, size);
        }
    }

    private static void Blossom(Scene scene, SeededRandom random, float x, float y, float size)
    {
        var petals = 5 + random.Below(4);
        var (colour, turn) = (random.Pick<Rgb>(scene.Palette.Bouquet), random.Between(0, 6.28f));
        for (var i = 0; i < petals; i++)
        {
            var (sine, cosine) = MathF.SinCos(turn + (i * MathF.Tau / petals));
            scene.Canvas.Disc(x + (cosine * size * 0.62f), y + (sine * size * 0.62f), size * 0.46f, colour.Mix(scene.Palette.Light, i % 2 * 0.14f));
        }

        scene.Canvas.Disc(x, y, size * 0.34f, Rgb.Hex(0xFFD75A).Mix(colour, 0.12f));
    }
}
