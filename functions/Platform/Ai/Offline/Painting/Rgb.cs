namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>A colour; channels from 0 to 255 in sRGB, with fractions so that mixing does not round twice.</summary>
internal readonly record struct Rgb(float R, float G, float B)
{
    public static readonly Rgb White = new(255, 255, 255);
    public static readonly Rgb Black = new(0, 0, 0);

    /// <summary>Perceived brightness, 0 to 255 (ITU-R BT.601 weights).</summary>
    public float Luminance => (0.299f * R) + (0.587f * G) + (0.114f * B);

    /// <summary>From a number written as 0xRRGGBB.</summary>
    public static Rgb Hex(int value) => new((value >> 16) & 0xFF, (value >> 8) & 0xFF, value & 0xFF);

    /// <summary>This colour at 0, <paramref name="other"/> at 1.</summary>
    public Rgb Mix(Rgb other, float share) =>
        new(R + ((other.R - R) * share), G + ((other.G - G) * share), B + ((other.B - B) * share));

    public Rgb Darker(float share) => Mix(Black, share);

    public Rgb Lighter(float share) => Mix(White, share);

    /// <summary>Turns the hue by <paramref name="degrees"/> while grey stays grey (rotation about the grey axis).</summary>
    public Rgb Turned(float degrees)
    {
        var (sine, cosine) = MathF.SinCos(degrees * MathF.PI / 180);
        var same = ((1 - cosine) / 3) + cosine;
        var next = ((1 - cosine) / 3) - (sine * 0.57735f);
        var last = ((1 - cosine) / 3) + (sine * 0.57735f);
        return new Rgb(
            Math.Clamp((R * same) + (G * next) + (B * last), 0, 255),
            Math.Clamp((R * last) + (G * same) + (B * next), 0, 255),
            Math.Clamp((R * next) + (G * last) + (B * same), 0, 255));
    }
}
