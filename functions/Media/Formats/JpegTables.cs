namespace ServerlessSocial.Media.Formats;

/// <summary>Checks that decoding tables have the lengths they announce (ITU-T T.81, sections B.2.4.1 and B.2.4.2).</summary>
internal static class JpegTables
{
    /// <summary>Whether the payload is one or more whole quantization tables.</summary>
    public static bool AreQuantizationTables(ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(payload);
        while (reader.TryTake(out byte precisionAndTarget))
        {
            var isWide = precisionAndTarget >> 4 == 1;
            if ((precisionAndTarget & 0xEC) != 0 || !reader.TryTake(isWide ? 128 : 64, out _))
            {
                return false;
            }
        }

        return !payload.IsEmpty;
    }

    /// <summary>Whether the payload is one or more whole Huffman tables.</summary>
    public static bool AreHuffmanTables(ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(payload);
        while (reader.TryTake(out byte classAndTarget))
        {
            if ((classAndTarget & 0xEC) != 0 || !reader.TryTake(16, out var counts))
            {
                return false;
            }

            var codes = 0;
            foreach (var count in counts)
            {
                codes += count;
            }

            if (codes > 256 || !reader.TryTake(codes, out _))
            {
                return false;
            }
        }

        return !payload.IsEmpty;
    }
}
