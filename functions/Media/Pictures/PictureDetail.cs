using System.Globalization;
using System.Numerics;
using NetVips;

namespace ServerlessSocial.Media.Pictures;

/// <summary>
/// A finer measure beside the shape of a <see cref="PictureFingerprint"/>, for where a false likeness does harm: a difference hash of 256 bits, of a grey picture
/// of 17 x 16. Two pictures with the same outlines, a tower against the sky, share a shape; their details they do not.
/// </summary>
/// <param name="Bits">64 hexadecimal digits.</param>
/// <param name="Mirrored">Those of the picture with left and right exchanged.</param>
public sealed record PictureDetail(string Bits, string Mirrored)
{
    /// <summary>
    /// Bits in which two files of one picture may differ. Measured on scenes and drawings: saved again at quality 40, scaled to a third, brighter by a twentieth
    /// they differ in 28 at most, other pictures in 66 at least and mostly in about a hundred.
    /// </summary>
    public const int MostDifferent = 40;

    /// <summary>Fewer bits than these, of either kind, tell nothing of a picture: it is nearly flat.</summary>
    private const int LeastTelling = 24;

    private const int Side = 16;
    private const int Length = Side * Side;

    /// <summary>Whether this picture is that one, perhaps mirrored. Pure.</summary>
    public bool IsNear(PictureDetail other) => IsNear(Bits, other.Bits) || IsNear(Bits, other.Mirrored);

    /// <summary>The detail of a picture in memory. What is transparent counts as white.</summary>
    internal static PictureDetail Of(Image picture)
    {
        using var opaque = picture.HasAlpha() ? picture.Flatten(background: [255]) : picture.Copy();
        using var rgb = opaque.Colourspace(Enums.Interpretation.Srgb);
        using var bytes = rgb.Cast(Enums.BandFormat.Uchar);
        using var small = bytes.ThumbnailImage(Side + 1, height: Side, size: Enums.Size.Force);
        using var grey = small.Colourspace(Enums.Interpretation.Bw);
        using var turned = grey.Flip(Enums.Direction.Horizontal);
        return new(BitsOf(grey.WriteToMemory<byte>()), BitsOf(turned.WriteToMemory<byte>()));
    }

    /// <summary>In how many bits two details differ. Pure.</summary>
    internal static int Difference(string one, string other) =>
        Convert.FromHexString(one).Zip(Convert.FromHexString(other), (a, b) => BitOperations.PopCount((uint)(a ^ b))).Sum();

    /// <summary>Of pictures that are flat for the most part, such as pages of text, most bits are equal whatever stands there: what counts is how many of the others are.</summary>
    private static bool IsNear(string one, string other)
    {
        var least = Math.Min(Rarer(one), Rarer(other));
        return least >= LeastTelling && Difference(one, other) <= Math.Min(MostDifferent, least / 2);
    }

    private static int Rarer(string bits)
    {
        var set = Convert.FromHexString(bits).Sum(part => BitOperations.PopCount(part));
        return Math.Min(set, Length - set);
    }

    private static string BitsOf(byte[] grey)
    {
        var rows = new ushort[Side];
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                var at = (row * (Side + 1)) + column;
                rows[row] = (ushort)((rows[row] << 1) | (grey[at] < grey[at + 1] ? 1 : 0));
            }
        }

        return string.Concat(rows.Select(row => row.ToString("x4", CultureInfo.InvariantCulture)));
    }
}
