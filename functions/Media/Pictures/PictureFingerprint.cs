using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using NetVips;

namespace ServerlessSocial.Media.Pictures;

/// <summary>How like two pictures are.</summary>
public enum Likeness
{
    /// <summary>Not by this measure.</summary>
    None,

    /// <summary>They look alike: the same picture scaled or saved again, or one that happens to have the same outlines.</summary>
    Near,

    /// <summary>The same pixels.</summary>
    Same,
}

/// <summary>
/// By what a picture is recognised when it comes again. <paramref name="Pixels"/> is exact: SHA-256 of the pixels that are decoded of the kept file, shrunk to
/// 640 pixels a side if it is larger; it catches the same picture in another file. <paramref name="Shape"/> is perceptual: a difference hash (dHash, N. Krawetz,
/// "Kind of Like That", 2013) of 64 bits, one for whether a pixel of a 9 x 8 grey picture is darker than its right neighbour; it catches scaling, recompression
/// and small changes of colour, mirrored pictures by <paramref name="Mirrored"/>, and neither crops nor turned ones. Of an animation it is made by
/// <see cref="PictureFrames"/>.
/// </summary>
/// <param name="Pixels">64 hexadecimal digits.</param>
/// <param name="Shape">16 hexadecimal digits.</param>
/// <param name="Mirrored">The shape of the picture with left and right exchanged; null for pictures from before that was kept.</param>
public sealed record PictureFingerprint(string Pixels, string Shape, string? Mirrored = null)
{
    /// <summary>Bits in which the shapes of pictures that look alike may differ, of 64.</summary>
    public const int MostDifferent = 4;

    /// <summary>Fewer differences between neighbours than these, of either kind, tell nothing of a picture: it is nearly flat, or one gradient.</summary>
    private const int LeastTelling = 6;

    private const int Width = 9;
    private const int Height = 8;

    /// <summary>Bits of each band: five bands, so that of four different bits at least one band has none and is equal.</summary>
    private static readonly int[] BandBits = [13, 13, 13, 13, 12];

    /// <summary>Whether its shape tells anything of it: flat pictures and gradients are alike in nothing but their pixels.</summary>
    [JsonIgnore]
    public bool IsTelling => Tells(BitsOf(Shape));

    /// <summary>How like a picture this one is that was removed before; mirrored, it is like it at most.</summary>
    public Likeness To(PictureFingerprint removed) => Pixels == removed.Pixels ? Likeness.Same
        : IsNear(removed.Shape) || (removed.Mirrored is { } mirrored && IsNear(mirrored)) ? Likeness.Near
        : Likeness.None;

    /// <summary>In how many bits of 64 its shape differs from that of a picture, or of that picture mirrored, whichever is less.</summary>
    public int Apart(PictureFingerprint other) => Math.Min(Difference(other.Shape), other.Mirrored is { } mirrored ? Difference(mirrored) : int.MaxValue);

    /// <summary>Under which names to look for pictures that are like this one: whoever is has at least one of them, too.</summary>
    public IReadOnlyList<string> Bands() => BandsOf(Shape);

    /// <summary>Under which names to keep this picture, so that it is found by its likes and by those that are mirrored.</summary>
    public IReadOnlyList<string> KeptBands() => [.. Bands().Union(Mirrored is null ? [] : BandsOf(Mirrored), StringComparer.Ordinal)];

    private static List<string> BandsOf(string shape)
    {
        var bands = new List<string>(BandBits.Length);
        var rest = BitsOf(shape);
        for (var band = 0; band < BandBits.Length; band++)
        {
            bands.Add(string.Create(CultureInfo.InvariantCulture, $"{band}:{rest & ((1ul << BandBits[band]) - 1):x4}"));
            rest >>= BandBits[band];
        }

        return bands;
    }

    /// <summary>The fingerprint of a picture in memory, at most 640 pixels a side. What is transparent counts as white.</summary>
    internal static PictureFingerprint Of(Image picture)
    {
        using var opaque = picture.HasAlpha() ? picture.Flatten(background: [255]) : picture.Copy();
        using var rgb = opaque.Colourspace(Enums.Interpretation.Srgb);
        using var bytes = rgb.Cast(Enums.BandFormat.Uchar);
        using var small = bytes.ThumbnailImage(Width, height: Height, size: Enums.Size.Force);
        using var grey = small.Colourspace(Enums.Interpretation.Bw);
        using var turned = grey.Flip(Enums.Direction.Horizontal);
        return new(Convert.ToHexStringLower(SHA256.HashData(bytes.WriteToMemory<byte>())), ShapeOf(grey.WriteToMemory<byte>()), ShapeOf(turned.WriteToMemory<byte>()));
    }

    private bool IsNear(string shape) => IsTelling && Difference(shape) <= MostDifferent;

    private int Difference(string shape) => BitOperations.PopCount(BitsOf(Shape) ^ BitsOf(shape));

    private static ulong BitsOf(string shape) => ulong.Parse(shape, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string ShapeOf(byte[] grey)
    {
        var shape = 0ul;
        for (var row = 0; row < Height; row++)
        {
            for (var column = 0; column < Width - 1; column++)
            {
                var at = (row * Width) + column;
                shape = (shape << 1) | (grey[at] < grey[at + 1] ? 1ul : 0);
            }
        }

        return shape.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static bool Tells(ulong bits) => BitOperations.PopCount(bits) is >= LeastTelling and <= 64 - LeastTelling;
}
