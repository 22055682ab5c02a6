namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>A picture in the making: what its layers share.</summary>
/// <param name="Canvas">What has been painted so far.</param>
/// <param name="Palette">Its colours.</param>
/// <param name="Motifs">What it shows.</param>
/// <param name="Random">Where its layers fork their own numbers from.</param>
/// <param name="Soft">Whether clouds and light are soft, as in a photo, rather than flat shapes.</param>
internal sealed record Scene(Canvas Canvas, Palette Palette, Motif Motifs, SeededRandom Random, bool Soft)
{
    /// <summary>Height in pixels where sky and land meet.</summary>
    public float Horizon => Canvas.Height * (Has(Motif.Water) ? 0.56f : 0.6f);

    /// <summary>Where the sun or moon stands, in pixels.</summary>
    public (float X, float Y, float Radius) Sun { get; } = PlaceSun(Canvas, Random.Fork(1), Palette.Dark, Motifs.HasFlag(Motif.Mountains));

    public bool Has(Motif motif) => (Motifs & motif) != 0;

    /// <summary>A line across the picture from heights between 0 (at <paramref name="low"/>) and 1 (at <paramref name="high"/>).</summary>
    public float[] Crest(float low, float high, Func<float, float> heightAt)
    {
        var crest = new float[Canvas.Width];
        for (var x = 0; x < crest.Length; x++)
        {
            crest[x] = low + ((high - low) * heightAt(x / Canvas.Unit));
        }

        return crest;
    }

    private static (float X, float Y, float Radius) PlaceSun(Canvas canvas, SeededRandom random, bool isMoon, bool overMountains)
    {
        var side = random.Chance(0.5f) ? random.Between(0.2f, 0.4f) : random.Between(0.6f, 0.8f);
        var height = isMoon || overMountains ? random.Between(0.12f, 0.22f) : random.Between(0.2f, 0.4f);
        return (canvas.Width * side, canvas.Height * height, canvas.Unit * (isMoon ? 0.055f : random.Between(0.06f, 0.09f)));
    }
}
