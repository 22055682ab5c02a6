namespace ServerlessSocial.Media.Pictures;

/// <summary>What a file says it is in its first bytes.</summary>
public enum PictureFormat
{
    /// <summary>Nothing this service takes.</summary>
    Unknown,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG. Of an animated one the picture is taken that programs show that know no animation.</summary>
    Png,

    /// <summary>GIF, animated or not.</summary>
    Gif,

    /// <summary>WebP, animated or not.</summary>
    Webp,

    /// <summary>AVIF; of a sequence, its cover.</summary>
    Avif,

    /// <summary>HEIF with pictures that are not AV1, as phones of Apple store them: most browsers cannot show it.</summary>
    Heic,
}

/// <summary>Tells formats apart by their signatures, as browsers do (WHATWG MIME Sniffing), never by name or declared type.</summary>
public static class PictureFormats
{
    private const int BrandsBegin = 8;

    /// <summary>The format that the content begins like. Says nothing about the rest.</summary>
    public static PictureFormat Of(ReadOnlySpan<byte> content) => content switch
    {
        [0xFF, 0xD8, 0xFF, ..] => PictureFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PictureFormat.Png,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => PictureFormat.Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => PictureFormat.Webp,
        [0, 0, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => OfBrands(content),
        _ => PictureFormat.Unknown,
    };

    /// <summary>Whether a WebP file keeps its pixels exactly: it then has a <c>VP8L</c> chunk near its beginning.</summary>
    public static bool IsLosslessWebp(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, 64 * 1024)].IndexOf("VP8L"u8) >= 0;

    /// <summary>The brands of an ISO base media file (ISO/IEC 14496-12, <c>ftyp</c>): the major one, its version, compatible ones.</summary>
    private static PictureFormat OfBrands(ReadOnlySpan<byte> content)
    {
        var end = Math.Min((content[2] << 8) | content[3], content.Length);
        var found = PictureFormat.Unknown;
        for (var at = BrandsBegin; at + 4 <= end; at += 4)
        {
            var brand = content.Slice(at, 4);
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
            {
                return PictureFormat.Avif;
            }

            if (brand[..2].SequenceEqual("he"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8))
            {
                found = PictureFormat.Heic;
            }
        }

        return found;
    }
}
