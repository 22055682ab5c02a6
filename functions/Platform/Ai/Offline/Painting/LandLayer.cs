namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Mountains, hills, dunes and forests, from the horizon to the front.</summary>
internal static class LandLayer
{
    public static void Mountains(Scene scene)
    {
        for (var range = 0; range < 3; range++)
        {
            var random = scene.Random.Fork(10 + range);
            var noise = new Noise(random);
            var (offset, frequency) = (random.Between(0, 100), 2.2f + (range * 0.7f));
            var low = scene.Horizon + (scene.Canvas.Height * 0.02f);
            var high = scene.Horizon - (scene.Canvas.Unit * (0.46f - (range * 0.13f)));
            var crest = scene.Crest(low, high, x => Ridge(noise, offset + (x * frequency)));
            Slopes(scene, crest, noise, range / 2f, snowLine: scene.Has(Motif.Winter) ? 0.34f : 0.13f - (range * 0.05f));
        }
    }

    public static void Hills(Scene scene, int layers, float from, float to)
    {
        for (var layer = 0; layer < layers; layer++)
        {
            var crest = HillCrest(scene, 20 + layer, from + ((to - from) * layer / layers), 0.13f);
            var colour = Ground(scene, 0.25f + (0.6f * layer / layers));
            Groves(scene, crest, scene.Random.Fork(25 + layer), colour.Mix(scene.Palette.Near, 0.45f), 0.045f + (0.018f * layer));
            FillGround(scene, crest, colour);
        }
    }

    /// <summary>Groups of trees along a hill.</summary>
    private static void Groves(Scene scene, float[] crest, SeededRandom random, Rgb colour, float size)
    {
        for (var grove = 0; grove < 3; grove++)
        {
            var (middle, trees) = (random.Next() * scene.Canvas.Width, 3 + random.Below(8));
            for (var i = 0; i < trees; i++)
            {
                var x = middle + ((random.Next() + random.Next() - 1) * scene.Canvas.Unit * size * 3);
                var height = scene.Canvas.Unit * size * random.Between(0.6f, 1.3f);
                Conifer(scene.Canvas, x, crest[Math.Clamp((int)x, 0, crest.Length - 1)] + (height * 0.12f), height, colour);
            }
        }
    }

    /// <summary>The ground in front, on which someone may stand; returns its line.</summary>
    public static float[] Foreground(Scene scene, float height)
    {
        var crest = HillCrest(scene, 30, height, 0.06f);
        FillGround(scene, crest, Ground(scene, 0.85f));
        return crest;
    }

    public static void Dunes(Scene scene)
    {
        var sand = Sand(scene);
        for (var layer = 0; layer < 4; layer++)
        {
            var random = scene.Random.Fork(40 + layer);
            var (phase, frequency) = (random.Between(0, 7), random.Between(1.6f, 2.6f) + (layer * 0.3f));
            var top = scene.Horizon + (scene.Canvas.Height * layer * 0.09f);
            var crest = scene.Crest(top + (scene.Canvas.Unit * 0.1f), top - (scene.Canvas.Unit * 0.03f), x => SharpWave((x * frequency) + phase));
            var lit = sand.Mix(scene.Palette.Light, 0.25f - (layer * 0.05f)).Mix(scene.Palette.SkyBottom, 0.4f - (layer * 0.13f));
            var shade = lit.Mix(scene.Palette.Near, 0.3f + (layer * 0.08f));
            scene.Canvas.Below(crest, y => lit.Mix(shade, Math.Clamp((y - top) / (scene.Canvas.Height * 0.3f), 0, 1)));
            ShadeSlopes(scene, crest, shade);
        }
    }

    public static void Forest(Scene scene)
    {
        for (var layer = 0; layer < 4; layer++)
        {
            var random = scene.Random.Fork(50 + layer);
            var crest = HillCrest(scene, 60 + layer, 0.6f + (layer * 0.075f), 0.1f);
            var colour = Ground(scene, 0.12f + (layer * 0.27f));
            var count = 54 - (layer * 10);
            for (var i = 0; i < count; i++)
            {
                var x = scene.Canvas.Width * (i + random.Next()) / count;
                var height = scene.Canvas.Unit * (0.1f + (layer * 0.045f)) * random.Between(0.65f, 1.25f);
                var ground = crest[Math.Clamp((int)x, 0, crest.Length - 1)] + (height * 0.08f);
                Conifer(scene.Canvas, x, ground, height, colour.Mix(scene.Palette.Light, random.Between(0, 0.06f)));
            }

            FillGround(scene, crest, colour);
            if (layer < 3)
            {
                Mist(scene, crest);
            }
        }
    }

    private static Rgb Sand(Scene scene) =>
        scene.Palette.Dark ? scene.Palette.Land(0.35f) : Rgb.Hex(0xE9B872).Mix(scene.Palette.SkyBottom, 0.2f);

    /// <summary>The colour of ground at a distance: snow in winter, sand in a desert, touched by green by day.</summary>
    public static Rgb Ground(Scene scene, float nearness)
    {
        var land = scene.Palette.Land(nearness);
        return scene.Has(Motif.Winter) ? land.Mix(Rgb.Hex(0xF4F8FD), scene.Palette.Dark ? 0.35f : 0.72f - (nearness * 0.3f))
            : scene.Has(Motif.Desert) ? Sand(scene).Mix(scene.Palette.Near, 0.55f * nearness)
            : scene.Palette.Dark ? land
            : land.Mix(Rgb.Hex(0x5FA052), 0.3f * nearness);
    }

    private static void Conifer(Canvas canvas, float x, float ground, float height, Rgb colour)
    {
        const int Tiers = 5;
        Span<(float X, float Y)> corners = stackalloc (float X, float Y)[(Tiers * 4) + 1];
        corners[0] = (x, ground - height);
        for (var tier = 0; tier < Tiers; tier++)
        {
            var y = ground - (height * (1 - ((tier + 1f) / Tiers) + 0.06f));
            var reach = height * 0.21f * (tier + 1.2f) / Tiers;
            var notch = tier == Tiers - 1 ? reach * 0.2f : reach * 0.5f;
            corners[1 + (tier * 2)] = (x + reach, y);
            corners[2 + (tier * 2)] = (x + notch, y - (height * 0.02f));
            corners[^(1 + (tier * 2))] = (x - reach, y);
            corners[^(2 + (tier * 2))] = (x - notch, y - (height * 0.02f));
        }

        canvas.Polygon(corners, colour);
        canvas.Rectangle(x - (height * 0.02f), ground - (height * 0.1f), x + (height * 0.02f), ground, colour);
    }

    private static void Mist(Scene scene, float[] crest)
    {
        var depth = scene.Canvas.Height * 0.1f;
        for (var y = (int)crest.Min(); y < scene.Canvas.Height; y++)
        {
            for (var x = 0; x < scene.Canvas.Width; x++)
            {
                var below = y - crest[x];
                if (below > 0)
                {
                    scene.Canvas.Blend(x, y, scene.Palette.SkyBottom, Math.Min(below / depth, 1) * 0.4f);
                }
            }
        }
    }

    private static float[] HillCrest(Scene scene, int part, float height, float swing)
    {
        var random = scene.Random.Fork(part);
        var noise = new Noise(random);
        var offset = random.Between(0, 100);
        var middle = scene.Canvas.Height * height;
        return scene.Crest(
            middle + (scene.Canvas.Unit * swing / 2), middle - (scene.Canvas.Unit * swing / 2), x => noise.Layered(offset + (x * 1.9f), 2));
    }

    private static void FillGround(Scene scene, float[] crest, Rgb colour)
    {
        var (top, depth) = (crest.Min(), scene.Canvas.Height * 0.4f);
        var lit = colour.Mix(scene.Palette.Light, 0.16f);
        scene.Canvas.Below(crest, y => lit.Mix(colour.Darker(0.25f), Math.Clamp((y - top) / depth, 0, 1)));
    }

    /// <summary>Rock with a bright and a dark side, snow on top and haze at its foot.</summary>
    private static void Slopes(Scene scene, float[] crest, Noise noise, float nearness, float snowLine)
    {
        var (canvas, palette) = (scene.Canvas, scene.Palette);
        var rock = palette.Land(0.15f + (nearness * 0.5f));
        var (lit, shaded) = (rock.Mix(palette.Light, 0.3f), rock.Mix(palette.Near, 0.3f));
        var snow = palette.Dark ? palette.Light.Mix(palette.Far, 0.35f) : Rgb.White.Mix(palette.Light, 0.5f);
        var slopes = SmoothSlopes(crest, (int)(canvas.Unit * 0.035f), scene.Sun.X / canvas.Width < 0.5f ? 1 : -1);
        var field = new NoiseField(noise, canvas.Width, canvas.Height, canvas.Unit * 0.07f, canvas.Unit * 0.07f, 3);
        var (top, foot) = (crest.Min(), scene.Horizon + (canvas.Height * 0.05f));
        for (var y = Math.Max(0, (int)top); y < foot; y++)
        {
            var haze = MathF.Pow(Math.Clamp((y - top) / (foot - top), 0, 1), 1.6f) * (0.85f - (nearness * 0.35f));
            for (var x = 0; x < canvas.Width; x++)
            {
                var below = y + 1 - crest[x];
                if (below <= 0)
                {
                    continue;
                }

                // A ridge wanders sideways on its way down, or every peak would throw an upright stripe.
                var grain = field.At(x, y) - 0.5f;
                var column = (int)(x + (below * grain * 2.4f) + (below * 0.25f));
                var light = Math.Clamp((slopes[Math.Clamp(column, 0, canvas.Width - 1)] * 3) + (grain * 0.8f) + 0.5f, 0, 1);
                var isSnow = snowLine > 0.04f ? Math.Clamp((snowLine - (below / canvas.Unit) + (grain * 0.22f)) * 40, 0, 1) : 0;
                var colour = shaded.Mix(lit, light).Mix(snow.Mix(palette.Far, 0.5f * (1 - light)), isSnow);
                canvas.Blend(x, y, colour.Mix(palette.SkyBottom, haze), Math.Min(below, 1));
            }
        }
    }

    /// <summary>How steeply a line rises towards the sun: about -1 to 1, over a stretch on both sides.</summary>
    private static float[] SmoothSlopes(float[] crest, int stretch, int direction)
    {
        var slopes = new float[crest.Length];
        for (var x = 0; x < crest.Length; x++)
        {
            var (left, right) = (Math.Max(0, x - stretch), Math.Min(crest.Length - 1, x + stretch));
            slopes[x] = direction * (crest[left] - crest[right]) / (right - left + 1);
        }

        return slopes;
    }

    private static void ShadeSlopes(Scene scene, float[] crest, Rgb shade)
    {
        var reach = scene.Canvas.Unit * 0.24f;
        for (var y = (int)crest.Min(); y < scene.Canvas.Height; y++)
        {
            for (var x = 0; x < scene.Canvas.Width - 4; x++)
            {
                var below = y - crest[x];
                if (below <= 0 || below >= reach)
                {
                    continue;
                }

                // The edge between the sides runs down in a curve.
                var column = Math.Clamp((int)(x - (reach * 0.35f * MathF.Sin(below / reach * 4)) - (below * 0.3f)), 0, scene.Canvas.Width - 5);
                var falls = Math.Clamp((crest[column + 4] - crest[column]) * 0.5f, 0, 1);
                if (falls > 0)
                {
                    scene.Canvas.Blend(x, y, shade, falls * 0.7f * (1 - (below / reach)));
                }
            }
        }
    }

    private static float Ridge(Noise noise, float x)
    {
        float sum = 0, total = 0, strength = 1;
        for (var octave = 0; octave < 5; octave++, strength *= 0.46f, x = (x * 2.1f) + 5.7f)
        {
            sum += (1 - MathF.Abs((2 * noise.At(x)) - 1)) * strength;
            total += strength;
        }

        return sum / total;
    }

    /// <summary>Rises slowly to an edge and falls fast, as wind shapes sand.</summary>
    private static float SharpWave(float x)
    {
        var wave = MathF.Sin(x + (0.7f * MathF.Sin(x)));
        return 1 - MathF.Abs(wave);
    }
}
