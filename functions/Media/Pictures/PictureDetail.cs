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
    /// <summary>Bits of 256 in which two files of one picture may differ; pictures that have nothing in common differ in about 128.</summary>
    public const int MostDifferent = 40;

    private const int Side = 16;

    /// <summary>Whether this picture is that one, perhaps mirrored. Pure.</summary>
    public bool IsNear(PictureDetail other) => Difference(Bits, other.Bits) <= MostDifferent || Difference(Bits, other.Mirrored) <= MostDifferent;

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
