using System.Buffers.Binary;
using System.Text;
using ServerlessSocial.Platform.Checksums;

namespace ServerlessSocial.Media.Formats;

/// <summary>PNG and APNG (W3C PNG specification, third edition).</summary>
internal sealed class PngFormat : IImageFormat
{
    private const int LengthAndType = 8;
    private const int Checksum = 4;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public string ContentType => "image/png";

    public string Extension => ".png";

    public bool Recognises(ReadOnlySpan<byte> content) => content.StartsWith(Signature);

    public ImageSize? Walk(ReadOnlySpan<byte> content, MemoryStream? kept)
    {
        var reader = new ByteReader(content);
        if (!reader.TryTake(Signature.Length, out var signature))
        {
            return null;
        }

        kept?.Write(signature);
        var chunks = new ChunkSequence();
        while (!chunks.Ended)
        {
            var start = reader.Position;
            if (!reader.TryTake(LengthAndType, out var head)
                || !reader.TryTake(BinaryPrimitives.ReadUInt32BigEndian(head), out var data)
                || !reader.TryTake(Checksum, out var checksum))
            {
                return null;
            }

            var chunk = content[start..reader.Position];
            if (BinaryPrimitives.ReadUInt32BigEndian(checksum) != Crc32.Compute(chunk[4..^Checksum])
                || !chunks.Accepts(Encoding.Latin1.GetString(head[4..]), data))
            {
                return null;
            }

            if (chunks.KeepsLast)
            {
                kept?.Write(chunk);
            }
        }

        return chunks.Size;
    }

    /// <summary>The rules on which chunks there must be and in what order.</summary>
    private sealed class ChunkSequence
    {
        private const int Palette = 3;

        private byte _colourType;
        private string _previous = "";
        private bool _paletteSeen;
        private bool _dataSeen;
        private long _dataLength;

        public ImageSize Size { get; private set; }

        public bool Ended { get; private set; }

        /// <summary>Whether the chunk accepted last belongs to the picture.</summary>
        public bool KeepsLast { get; private set; }

        public bool Accepts(string type, ReadOnlySpan<byte> data)
        {
            var first = _previous.Length == 0;
            var accepted = first == (type == "IHDR") && type switch
            {
                "IHDR" => AcceptsHeader(data),
                "PLTE" => AcceptsPalette(data),
                "IDAT" => AcceptsData(data),
                "IEND" => data.IsEmpty && _dataLength > 0,
                "acTL" => data.Length == 8 && !_dataSeen && BinaryPrimitives.ReadUInt32BigEndian(data) > 0,
                "fcTL" => data.Length == 26 && FrameFits(data),
                "fdAT" => data.Length > 4 && _dataSeen,
                _ => IsAncillary(type),
            };

            KeepsLast = type is "IHDR" or "PLTE" or "IDAT" or "IEND" or "tRNS" or "gAMA" or "cHRM" or "sRGB" or "iCCP"
                or "sBIT" or "bKGD" or "pHYs" or "acTL" or "fcTL" or "fdAT" or "cICP";
            Ended = type == "IEND";
            _previous = type;
            return accepted;
        }

        private bool AcceptsHeader(ReadOnlySpan<byte> data)
        {
            if (data.Length != 13)
            {
                return false;
            }

            var width = BinaryPrimitives.ReadUInt32BigEndian(data);
            var height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
            var depth = data[8];
            _colourType = data[9];
            if (width > ImageInspector.MaxDimension || height > ImageInspector.MaxDimension)
            {
                return false;
            }

            Size = new ImageSize((int)width, (int)height);
            var depthIsAllowed = _colourType switch
            {
                0 => depth is 1 or 2 or 4 or 8 or 16,
                Palette => depth is 1 or 2 or 4 or 8,
                2 or 4 or 6 => depth is 8 or 16,
                _ => false,
            };
            return depthIsAllowed && data[10] == 0 && data[11] == 0 && data[12] <= 1;
        }

        private bool AcceptsPalette(ReadOnlySpan<byte> data)
        {
            var accepted = !_paletteSeen && !_dataSeen && _colourType is not (0 or 4)
                && data.Length is > 0 and <= 768 && data.Length % 3 == 0;
            _paletteSeen = true;
            return accepted;
        }

        private bool AcceptsData(ReadOnlySpan<byte> data)
        {
            var accepted = (!_dataSeen || _previous == "IDAT") && (_colourType != Palette || _paletteSeen);
            _dataSeen = true;
            _dataLength += data.Length;
            return accepted;
        }

        private bool FrameFits(ReadOnlySpan<byte> data)
        {
            var width = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
            var height = BinaryPrimitives.ReadUInt32BigEndian(data[8..]);
            var left = BinaryPrimitives.ReadUInt32BigEndian(data[12..]);
            var top = BinaryPrimitives.ReadUInt32BigEndian(data[16..]);
            return width <= ImageInspector.MaxDimension && height <= ImageInspector.MaxDimension
                && new ImageSize((int)width, (int)height).FitsInto(Size, left, top);
        }

        // A reader must give up on a critical chunk that it does not know (such as Apple's CgBI), so nobody could show it.
        private static bool IsAncillary(string type) => type.All(char.IsAsciiLetter) && char.IsAsciiLetterLower(type[0]);
    }
}
