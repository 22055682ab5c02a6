using System.Buffers.Binary;

namespace ServerlessSocial.Media.Formats;

/// <summary>The one EXIF field that changes how a picture looks (EXIF 2.32, section 4.6.4, tag 274).</summary>
internal static class ExifOrientation
{
    /// <summary>Stored as it is shown: what a picture without the field has.</summary>
    public const ushort Upright = 1;

    private const ushort Tag = 0x0112;
    private const ushort ShortType = 3;
    private const int EntryLength = 12;

    /// <summary>Start of a JPEG APP1 payload that holds EXIF.</summary>
    public static ReadOnlySpan<byte> Identifier => "Exif\0\0"u8;

    /// <summary>Whether showing the picture exchanges its width and height.</summary>
    public static bool SwapsSides(ushort orientation) => orientation is >= 5 and <= 8;

    /// <summary>Reads 1 to 8 from TIFF bytes; <see cref="Upright"/> when absent, malformed or out of range.</summary>
    public static ushort Read(ReadOnlySpan<byte> tiff)
    {
        if (!TryReadByteOrder(tiff, out var bigEndian) || UInt16(tiff[2..], bigEndian) != 42)
        {
            return Upright;
        }

        var reader = new ByteReader(tiff);
        if (!reader.TryTake(UInt32(tiff[4..], bigEndian), out _) || !reader.TryTake(2, out var count))
        {
            return Upright;
        }

        for (var left = UInt16(count, bigEndian); left > 0 && reader.TryTake(EntryLength, out var entry); left--)
        {
            if (UInt16(entry, bigEndian) == Tag)
            {
                var value = UInt16(entry[8..], bigEndian);
                return UInt16(entry[2..], bigEndian) == ShortType && value is >= 1 and <= 8 ? value : Upright;
            }
        }

        return Upright;
    }

    /// <summary>A whole JPEG APP1 segment whose EXIF says the orientation and nothing else.</summary>
    public static byte[] JpegSegment(ushort orientation) =>
    [
        0xFF, 0xE1, 0, 34,
        .. Identifier,
        .. "MM\0*"u8, 0, 0, 0, 8,
        0, 1,
        Tag >> 8, Tag & 0xFF, 0, (byte)ShortType, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
        0, 0, 0, 0,
    ];

    private static bool TryReadByteOrder(ReadOnlySpan<byte> tiff, out bool bigEndian)
    {
        bigEndian = tiff.StartsWith("MM"u8);
        return tiff.Length >= 8 && (bigEndian || tiff.StartsWith("II"u8));
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
