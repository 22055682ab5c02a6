using System.Buffers.Binary;

namespace ServerlessSocial.Media.Formats;

/// <summary>WebP (RFC 9649): simple lossy, simple lossless, and extended with alpha, colour profile and animation.</summary>
internal sealed class WebpFormat : IImageFormat
{
    private const int RiffHeaderLength = 12;
    private const int ChunkHeaderLength = 8;
    private const byte AnimationFlag = 0x02;
    private const byte AlphaFlag = 0x10;
    private const byte ProfileFlag = 0x20;

    public string ContentType => "image/webp";

    public string Extension => ".webp";

    public bool Recognises(ReadOnlySpan<byte> content) =>
        content.Length >= RiffHeaderLength && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8);

    public ImageSize? Walk(ReadOnlySpan<byte> content, MemoryStream? kept)
    {
        var riff = new ByteReader(content);
        if (!riff.TryTake(ChunkHeaderLength, out var header)
            || !riff.TryTake(BinaryPrimitives.ReadUInt32LittleEndian(header[4..]), out var body)
            || body.Length < 4)
        {
            return null;
        }

        kept?.Write(content[..RiffHeaderLength]);
        var reader = new ByteReader(body[4..]);
        var size = TryTakeChunk(ref reader, out var first)
            ? first.Is("VP8X"u8) ? WalkExtended(first, reader, kept) : WalkSimple(first, kept)
            : null;
        if (size is not null && kept is not null)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(kept.GetBuffer().AsSpan(4), (uint)(kept.Length - ChunkHeaderLength));
        }

        return size;
    }

    private static ImageSize? WalkSimple(Chunk bitstream, MemoryStream? kept)
    {
        kept?.Write(bitstream.Bytes);
        return WebpBitstream.ReadSize(bitstream);
    }

    private static ImageSize? WalkExtended(Chunk extended, ByteReader reader, MemoryStream? kept)
    {
        if (extended.Data.Length < 10)
        {
            return null;
        }

        var flags = extended.Data[0];
        var animated = (flags & AnimationFlag) != 0;
        var canvas = new ImageSize(UInt24(extended.Data[4..]) + 1, UInt24(extended.Data[7..]) + 1);
        var flagsOffset = (kept?.Length ?? 0) + ChunkHeaderLength;
        WriteChunk(kept, extended.Bytes[..4], extended.Data[..10]);

        var seen = new SeenParts();
        while (!reader.Rest.IsEmpty)
        {
            if (!TryTakeChunk(ref reader, out var chunk) || !TryKeep(chunk, canvas, animated, ref seen, kept))
            {
                return null;
            }
        }

        if (kept is not null)
        {
            kept.GetBuffer()[flagsOffset] = (byte)((flags & (AnimationFlag | AlphaFlag)) | (seen.Profile ? ProfileFlag : 0));
            kept.GetBuffer().AsSpan((int)flagsOffset + 1, 3).Clear();
        }

        return seen.Pictures > 0 && canvas.IsAcceptable ? canvas : null;
    }

    /// <summary>Keeps what the picture is made of and passes over the rest; false when the chunk breaks the format.</summary>
    private static bool TryKeep(Chunk chunk, ImageSize canvas, bool animated, ref SeenParts seen, MemoryStream? kept)
    {
        if (chunk.Is("ICCP"u8))
        {
            if (!seen.Profile && seen.Pictures == 0)
            {
                kept?.Write(chunk.Bytes);
                seen.Profile = true;
            }

            return true;
        }

        return animated ? TryKeepAnimated(chunk, canvas, ref seen, kept) : TryKeepStill(chunk, canvas, ref seen, kept);
    }

    private static bool TryKeepStill(Chunk chunk, ImageSize canvas, ref SeenParts seen, MemoryStream? kept)
    {
        if (chunk.Is("ALPH"u8) && !seen.Alpha && seen.Pictures == 0)
        {
            kept?.Write(chunk.Bytes);
            seen.Alpha = true;
        }
        else if (chunk.Is("VP8 "u8) || chunk.Is("VP8L"u8))
        {
            kept?.Write(chunk.Bytes);
            seen.Pictures++;
            return seen.Pictures == 1 && WebpBitstream.ReadSize(chunk) == canvas;
        }

        return true;
    }

    private static bool TryKeepAnimated(Chunk chunk, ImageSize canvas, ref SeenParts seen, MemoryStream? kept)
    {
        if (chunk.Is("ANIM"u8))
        {
            if (seen.Animation || chunk.Data.Length < 6)
            {
                return false;
            }

            WriteChunk(kept, chunk.Bytes[..4], chunk.Data[..6]);
            seen.Animation = true;
        }
        else if (chunk.Is("ANMF"u8))
        {
            seen.Pictures++;
            return seen.Animation && TryKeepFrame(chunk, canvas, kept);
        }

        return true;
    }

    private static bool TryKeepFrame(Chunk frame, ImageSize canvas, MemoryStream? kept)
    {
        const int FrameHeaderLength = 16;
        if (frame.Data.Length < FrameHeaderLength)
        {
            return false;
        }

        var size = new ImageSize(UInt24(frame.Data[6..]) + 1, UInt24(frame.Data[9..]) + 1);
        if (!size.FitsInto(canvas, 2L * UInt24(frame.Data), 2L * UInt24(frame.Data[3..])))
        {
            return false;
        }

        var frameStart = kept?.Length ?? 0;
        kept?.Write(frame.Bytes[..(ChunkHeaderLength + FrameHeaderLength)]);
        var parts = new SeenParts();
        var reader = new ByteReader(frame.Data[FrameHeaderLength..]);
        while (!reader.Rest.IsEmpty)
        {
            if (!TryTakeChunk(ref reader, out var chunk) || !TryKeepStill(chunk, size, ref parts, kept))
            {
                return false;
            }
        }

        if (kept is not null)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(
                kept.GetBuffer().AsSpan((int)frameStart + 4), (uint)(kept.Length - frameStart - ChunkHeaderLength));
        }

        return parts.Pictures == 1;
    }

    private static bool TryTakeChunk(ref ByteReader reader, out Chunk chunk)
    {
        chunk = default;
        var rest = reader.Rest;
        if (!reader.TryTake(ChunkHeaderLength, out var header))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (!reader.TryTake(length, out var data) || !reader.TryTake(length & 1, out _))
        {
            return false;
        }

        chunk = new Chunk(rest[..(ChunkHeaderLength + data.Length + (data.Length & 1))], data);
        return true;
    }

    private static void WriteChunk(MemoryStream? kept, ReadOnlySpan<byte> type, ReadOnlySpan<byte> evenData)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, evenData.Length);
        kept?.Write(type);
        kept?.Write(length);
        kept?.Write(evenData);
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    /// <summary>A RIFF chunk: <paramref name="bytes"/> is all of it with header and padding.</summary>
    internal readonly ref struct Chunk(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> data)
    {
        public ReadOnlySpan<byte> Bytes { get; } = bytes;

        public ReadOnlySpan<byte> Data { get; } = data;

        public bool Is(ReadOnlySpan<byte> type) => Bytes.StartsWith(type);
    }

    private struct SeenParts
    {
        public bool Profile;
        public bool Alpha;
        public bool Animation;
        public int Pictures;
    }
}
