using System.Buffers.Binary;

namespace ServerlessSocial.Media.Formats;

/// <summary>
/// JPEG (ITU-T T.81, annex B; JFIF 1.02), as far as clients show it: baseline, extended and progressive
/// Huffman coding with 8 bits a sample.
/// </summary>
internal sealed class JpegFormat : IImageFormat
{
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte HuffmanTables = 0xC4;
    private const byte QuantizationTables = 0xDB;
    private const byte RestartInterval = 0xDD;
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte App14 = 0xEE;
    private const byte Comment = 0xFE;

    private static ReadOnlySpan<byte> StartOfImage => [0xFF, 0xD8];

    public string ContentType => "image/jpeg";

    public string Extension => ".jpg";

    public bool Recognises(ReadOnlySpan<byte> content) => content.StartsWith(StartOfImage) && content.Length > 2 && content[2] == 0xFF;

    public ImageSize? Walk(ReadOnlySpan<byte> content, MemoryStream? kept)
    {
        var reader = new ByteReader(content);
        if (!reader.TryTake(StartOfImage.Length, out var start))
        {
            return null;
        }

        kept?.Write(start);
        ImageSize? frame = null;
        ushort? orientation = null;
        var scanned = false;
        while (TryTakeMarker(ref reader, out var marker))
        {
            if (marker == EndOfImage)
            {
                kept?.Write([0xFF, EndOfImage]);
                return scanned && frame is { } size ? AsShown(size, orientation ?? ExifOrientation.Upright) : null;
            }

            if (!TryTakeSegment(ref reader, out var payload))
            {
                return null;
            }

            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2:
                    if (frame is not null || !TryReadFrame(payload, out var claimed))
                    {
                        return null;
                    }

                    frame = claimed;
                    WriteSegment(kept, marker, payload);
                    break;

                case StartOfScan:
                    if (frame is null || !IsScanHeader(payload) || !TryTakeScan(ref reader, out var scan))
                    {
                        return null;
                    }

                    scanned = true;
                    WriteSegment(kept, marker, payload);
                    kept?.Write(scan);
                    break;

                case HuffmanTables or QuantizationTables or RestartInterval:
                    if (!IsTable(marker, payload))
                    {
                        return null;
                    }

                    WriteSegment(kept, marker, payload);
                    break;

                case App1 when !scanned && orientation is null && payload.StartsWith(ExifOrientation.Identifier):
                    orientation = ExifOrientation.Read(payload[ExifOrientation.Identifier.Length..]);
                    if (orientation != ExifOrientation.Upright)
                    {
                        kept?.Write(ExifOrientation.JpegSegment(orientation.Value));
                    }

                    break;

                case App0 or App2 or App14:
                    WriteSegment(kept, marker, NeededForColour(marker, payload));
                    break;

                case >= App0 and <= 0xEF or Comment:
                    break;

                default:
                    return null;
            }
        }

        return null;
    }

    private static ImageSize AsShown(ImageSize stored, ushort orientation) =>
        ExifOrientation.SwapsSides(orientation) ? new ImageSize(stored.Height, stored.Width) : stored;

    private static bool TryTakeMarker(ref ByteReader reader, out byte marker)
    {
        marker = 0;
        if (!reader.TryTake(out var prefix) || prefix != 0xFF)
        {
            return false;
        }

        do
        {
            if (!reader.TryTake(out marker))
            {
                return false;
            }
        }
        while (marker == 0xFF);

        return true;
    }

    private static bool TryTakeSegment(ref ByteReader reader, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        return reader.TryTake(2, out var length)
            && reader.TryTake(BinaryPrimitives.ReadUInt16BigEndian(length) - 2L, out payload);
    }

    /// <summary>Entropy-coded data: up to the next marker that is neither a stuffed 0xFF nor a restart.</summary>
    private static bool TryTakeScan(ref ByteReader reader, out ReadOnlySpan<byte> scan)
    {
        var rest = reader.Rest;
        var end = 0;
        while (true)
        {
            var next = rest[end..].IndexOf((byte)0xFF);
            if (next < 0 || end + next + 1 >= rest.Length)
            {
                scan = default;
                return false;
            }

            end += next;
            if (rest[end + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return reader.TryTake(end, out scan) && end > 0;
            }

            end += 2;
        }
    }

    private static bool TryReadFrame(ReadOnlySpan<byte> payload, out ImageSize size)
    {
        size = default;
        if (payload.Length < 6 || payload[0] != 8 || payload[5] is not (1 or 3 or 4) || payload.Length != 6 + (3 * payload[5]))
        {
            return false;
        }

        size = new ImageSize(BinaryPrimitives.ReadUInt16BigEndian(payload[3..]), BinaryPrimitives.ReadUInt16BigEndian(payload[1..]));
        return size.IsAcceptable;
    }

    private static bool IsScanHeader(ReadOnlySpan<byte> payload) =>
        payload.Length > 0 && payload[0] is >= 1 and <= 4 && payload.Length == 4 + (2 * payload[0]);

    private static bool IsTable(byte marker, ReadOnlySpan<byte> payload) => marker switch
    {
        HuffmanTables => JpegTables.AreHuffmanTables(payload),
        QuantizationTables => JpegTables.AreQuantizationTables(payload),
        _ => payload.Length == 2,
    };

    /// <summary>The part of an application segment without which colours would change; empty when there is none.</summary>
    private static ReadOnlySpan<byte> NeededForColour(byte marker, ReadOnlySpan<byte> payload) => marker switch
    {
        // JFIF may end in a small preview, which can still show what was cropped away.
        App0 when payload.Length >= 14 && payload.StartsWith("JFIF\0"u8) => (byte[])[.. payload[..12], 0, 0],
        App2 when payload.StartsWith("ICC_PROFILE\0"u8) => payload,
        App14 when payload.Length >= 12 && payload.StartsWith("Adobe"u8) => payload[..12],
        _ => [],
    };

    private static void WriteSegment(MemoryStream? kept, byte marker, ReadOnlySpan<byte> payload)
    {
        if (kept is null || payload.IsEmpty)
        {
            return;
        }

        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(payload.Length + 2));
        kept.Write(head);
        kept.Write(payload);
    }
}
