using System.Buffers.Binary;

namespace ServerlessSocial.Media.Formats;

/// <summary>GIF87a and GIF89a (CompuServe, 1990), with the looping extension of Netscape.</summary>
internal sealed class GifFormat : IImageFormat
{
    private const int HeaderLength = 13;
    private const byte Extension89a = 0x21;
    private const byte Image = 0x2C;
    private const byte Trailer = 0x3B;
    private const byte GraphicControl = 0xF9;
    private const byte Application = 0xFF;
    private const byte PlainText = 0x01;

    public string ContentType => "image/gif";

    public string Extension => ".gif";

    public bool Recognises(ReadOnlySpan<byte> content) => content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8);

    public ImageSize? Walk(ReadOnlySpan<byte> content, MemoryStream? kept)
    {
        var reader = new ByteReader(content);
        if (!reader.TryTake(HeaderLength, out var header) || !reader.TryTake(ColourTableLength(header[10]), out var colours))
        {
            return null;
        }

        kept?.Write(header);
        kept?.Write(colours);
        var images = 0;
        ReadOnlySpan<byte> control = default;
        while (reader.TryTake(out byte block))
        {
            switch (block)
            {
                case Extension89a:
                    if (!TryTakeExtension(ref reader, kept, ref control))
                    {
                        return null;
                    }

                    break;

                case Image:
                    if (!TryTakeImage(ref reader, out var image))
                    {
                        return null;
                    }

                    kept?.Write(control);
                    kept?.WriteByte(Image);
                    kept?.Write(image);
                    control = default;
                    images++;
                    break;

                case Trailer when images > 0:
                    kept?.WriteByte(Trailer);
                    return new ImageSize(
                        BinaryPrimitives.ReadUInt16LittleEndian(header[6..]), BinaryPrimitives.ReadUInt16LittleEndian(header[8..]));

                default:
                    return null;
            }
        }

        return null;
    }

    private static int ColourTableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    // A graphic control waits for the image it applies to, so that none is left behind without one.
    private static bool TryTakeExtension(ref ByteReader reader, MemoryStream? kept, ref ReadOnlySpan<byte> control)
    {
        var rest = reader.Rest;
        if (!reader.TryTake(out byte label) || !TryTakeSubBlocks(ref reader, out var blocks))
        {
            return false;
        }

        switch (label)
        {
            case GraphicControl:
                if (blocks.Length != 6 || blocks[0] != 4)
                {
                    return false;
                }

                control = (byte[])[Extension89a, .. rest[..7]];
                return true;

            case PlainText:
                control = default;
                return true;

            case Application:
                WriteLooping(kept, blocks);
                return true;

            default:
                return true;
        }
    }

    /// <summary>Keeps how often an animation repeats, and nothing else that an application may have put beside it.</summary>
    private static void WriteLooping(MemoryStream? kept, ReadOnlySpan<byte> blocks)
    {
        const int NameEnd = 12;
        if (kept is null || blocks.Length < NameEnd || blocks[0] != NameEnd - 1
            || !(blocks[1..].StartsWith("NETSCAPE2.0"u8) || blocks[1..].StartsWith("ANIMEXTS1.0"u8)))
        {
            return;
        }

        for (var block = blocks[NameEnd..]; block[0] > 0; block = block[(block[0] + 1)..])
        {
            if (block[0] == 3 && block[1] == 1)
            {
                kept.Write([Extension89a, Application]);
                kept.Write(blocks[..NameEnd]);
                kept.Write(block[..4]);
                kept.WriteByte(0);
                return;
            }
        }
    }

    /// <summary>A descriptor, its colours and its data, without the byte that announces them.</summary>
    private static bool TryTakeImage(ref ByteReader reader, out ReadOnlySpan<byte> image)
    {
        const int DescriptorLength = 9;
        image = reader.Rest;
        var start = reader.Position;
        if (!reader.TryTake(DescriptorLength, out var descriptor)
            || !reader.TryTake(ColourTableLength(descriptor[8]), out _)
            || !reader.TryTake(out byte codeSize)
            || codeSize is < 1 or > 11
            || !TryTakeSubBlocks(ref reader, out var data)
            || data.Length < 2)
        {
            return false;
        }

        image = image[..(reader.Position - start)];

        // Decoders enlarge the canvas for a frame that leaves it, so the frame has to keep the limits too.
        var left = BinaryPrimitives.ReadUInt16LittleEndian(descriptor);
        var top = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[2..]);
        var width = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[4..]);
        var height = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[6..]);
        return width > 0 && height > 0 && new ImageSize(left + width, top + height).IsAcceptable;
    }

    /// <summary>Length-prefixed blocks with the empty one that ends them.</summary>
    private static bool TryTakeSubBlocks(ref ByteReader reader, out ReadOnlySpan<byte> blocks)
    {
        blocks = reader.Rest;
        var start = reader.Position;
        while (reader.TryTake(out byte length) && reader.TryTake(length, out _))
        {
            if (length == 0)
            {
                blocks = blocks[..(reader.Position - start)];
                return true;
            }
        }

        return false;
    }
}
