using System.Buffers.Binary;

namespace ServerlessSocial.Media.Formats;

/// <summary>The first bytes of the two codings inside WebP: VP8 (RFC 6386, section 9.1) and VP8L (RFC 9649, section 3.4).</summary>
internal static class WebpBitstream
{
    private const byte LosslessSignature = 0x2F;

    private static ReadOnlySpan<byte> KeyFrameStart => [0x9D, 0x01, 0x2A];

    /// <summary>The size in pixels; null when the chunk is not the start of a picture in either coding.</summary>
    public static ImageSize? ReadSize(WebpFormat.Chunk chunk) =>
        chunk.Is("VP8 "u8) ? ReadLossy(chunk.Data) : chunk.Is("VP8L"u8) ? ReadLossless(chunk.Data) : null;

    private static ImageSize? ReadLossy(ReadOnlySpan<byte> data)
    {
        const int HeaderLength = 10;
        if (data.Length <= HeaderLength || !data[3..].StartsWith(KeyFrameStart))
        {
            return null;
        }

        var tag = data[0] | (data[1] << 8) | (data[2] << 16);
        var isKeyFrame = (tag & 1) == 0;
        var version = (tag >> 1) & 7;
        var isShown = ((tag >> 4) & 1) == 1;
        var firstPartitionLength = tag >> 5;
        if (!isKeyFrame || version > 3 || !isShown || firstPartitionLength >= data.Length - HeaderLength)
        {
            return null;
        }

        // The two highest bits of each are a scaling hint that browsers ignore.
        var size = new ImageSize(
            BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF,
            BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);
        return size.IsAcceptable ? size : null;
    }

    private static ImageSize? ReadLossless(ReadOnlySpan<byte> data)
    {
        if (data.Length <= 5 || data[0] != LosslessSignature)
        {
            return null;
        }

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        var size = new ImageSize((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        return bits >> 29 == 0 && size.IsAcceptable ? size : null;
    }
}
