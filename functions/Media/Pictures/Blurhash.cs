using NetVips;

namespace ServerlessSocial.Media.Pictures;

/// <summary>
/// A picture in 28 characters, for clients to show blurred until it is there: BlurHash (woltapp/blurhash, Algorithm.md) with 4 x 3 components,
/// which are the lowest frequencies of a cosine transform over linear light.
/// </summary>
internal static class Blurhash
{
    private const int Columns = 4;
    private const int Rows = 3;
    private const int Side = 32;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    /// <summary>The hash of a picture in 8 bits a channel. What is transparent counts as white.</summary>
    public static string Of(Image image)
    {
        using var small = image.ThumbnailImage(Side, height: Side, size: Enums.Size.Force);
        using var opaque = small.HasAlpha() ? small.Flatten(background: [255]) : small.Copy();
        using var rgb = opaque.Colourspace(Enums.Interpretation.Srgb);
        return Encode([.. rgb.WriteToMemory<byte>().Select(Linear)]);
    }

    private static string Encode(double[] light)
    {
        var components = new List<(double R, double G, double B)>();
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                components.Add(Component(light, column, row));
            }
        }

        var (mean, others) = (components[0], components[1..]);
        var largest = others.Max(other => Math.Max(Math.Abs(other.R), Math.Max(Math.Abs(other.G), Math.Abs(other.B))));
        var step = Math.Clamp((int)Math.Floor((largest * 166) - 0.5), 0, 82);
        var scale = (step + 1) / 166d;
        var dc = (Standard(mean.R) << 16) | (Standard(mean.G) << 8) | Standard(mean.B);
        return Base83(Columns - 1 + ((Rows - 1) * 9), 1) + Base83(step, 1) + Base83(dc, 4)
            + string.Concat(others.Select(other => Base83((((Level(other.R, scale) * 19) + Level(other.G, scale)) * 19) + Level(other.B, scale), 2)));
    }

    private static (double R, double G, double B) Component(double[] light, int column, int row)
    {
        var sum = new double[3];
        for (var pixel = 0; pixel < Side * Side; pixel++)
        {
            var basis = Math.Cos(Math.PI * column * (pixel % Side) / Side) * Math.Cos(Math.PI * row * (pixel / Side) / Side);
            for (var channel = 0; channel < 3; channel++)
            {
                sum[channel] += basis * light[(pixel * 3) + channel];
            }
        }

        var factor = (column + row == 0 ? 1d : 2d) / (Side * Side);
        return (sum[0] * factor, sum[1] * factor, sum[2] * factor);
    }

    private static int Level(double value, double scale) =>
        Math.Clamp((int)Math.Floor((Math.Sign(value) * Math.Sqrt(Math.Abs(value / scale)) * 9) + 9.5), 0, 18);

    private static double Linear(byte standard) => standard / 255d is var value && value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static int Standard(double linear)
    {
        var value = Math.Clamp(linear, 0, 1);
        return (int)(((value <= 0.0031308 ? value * 12.92 : (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055) * 255) + 0.5);
    }

    private static string Base83(int value, int length) => string.Create(length, value, static (text, rest) =>
    {
        for (var at = text.Length - 1; at >= 0; at--, rest /= 83)
        {
            text[at] = Digits[rest % 83];
        }
    });
}
