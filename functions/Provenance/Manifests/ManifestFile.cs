using System.Buffers.Binary;
using System.IO.Hashing;
using ServerlessSocial.Media.Pictures;

namespace ServerlessSocial.Provenance.Manifests;

/// <summary>
/// Puts manifest stores into files (C2PA specification 2.2, appendix A.3): into a PNG as a <c>caBX</c> chunk, into a JPEG as <c>APP11</c> segments
/// (ISO/IEC 19566-5, annex D), into a WebP as a RIFF chunk <c>C2PA</c> at the end.
/// </summary>
internal static class ManifestFile
{
    /// <summary>PNG signature and header chunk, after which other chunks may begin.</summary>
    private const int PngHeader = 8 + 25;

    /// <summary>Of a PNG chunk: length and type before its data, checksum after it.</summary>
    internal const int PngOverhead = 12;

    /// <summary>Of a JPEG segment: marker, length, <c>JP</c>, box instance, sequence number.</summary>
    internal const int JpegOverhead = 2 + 2 + 2 + 2 + 4;

    /// <summary>Bytes of a box that one JPEG segment takes: 65,535 without length, <c>JP</c>, instance and sequence number.</summary>
    private const int JpegPiece = ushort.MaxValue - 2 - 8;

    /// <summary>Of a RIFF chunk: type and length before its data.</summary>
    internal const int RiffHeader = 8;

    /// <summary>How many bytes a store takes in a file.</summary>
    /// <param name="format">JPEG, PNG or WebP.</param>
    /// <param name="store">Length of the store in bytes.</param>
    public static int SizeOf(PictureFormat format, int store) => format switch
    {
        PictureFormat.Png => store + PngOverhead,
        PictureFormat.Webp => RiffHeader + store + (store & 1),
        PictureFormat.Jpeg => store + PiecesOf(store).Sum(piece => JpegOverhead + (piece.IsFirst ? 0 : JumbfBox.Header)),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>Where a store is put in a file that has none.</summary>
    public static int PlaceIn(PictureFormat format, ReadOnlySpan<byte> file) => format switch
    {
        PictureFormat.Png => PngHeader,
        PictureFormat.Webp => file.Length,

        // JFIF wants its own segment to be the first.
        PictureFormat.Jpeg => file is [_, _, 0xFF, 0xE0, var high, var low, ..] ? 4 + ((high << 8) | low) : 2,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>The file with a store; the file has none.</summary>
    public static byte[] Embed(PictureFormat format, ReadOnlySpan<byte> file, ReadOnlySpan<byte> store)
    {
        var place = PlaceIn(format, file);
        byte[] holder = format switch
        {
            PictureFormat.Png => PngChunk(store),
            PictureFormat.Webp => RiffChunk(store),
            _ => [.. JpegSegments(store.ToArray())],
        };
        byte[] whole = [.. file[..place], .. holder, .. file[place..]];
        if (format == PictureFormat.Webp)
        {
            BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(4), whole.Length - RiffHeader);
        }

        return whole;
    }

    private static byte[] PngChunk(ReadOnlySpan<byte> store)
    {
        var (length, checksum) = (new byte[4], new byte[4]);
        byte[] typeAndData = [.. "caBX"u8, .. store];
        BinaryPrimitives.WriteInt32BigEndian(length, store.Length);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.HashToUInt32(typeAndData));
        return [.. length, .. typeAndData, .. checksum];
    }

    private static byte[] RiffChunk(ReadOnlySpan<byte> store)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, store.Length);
        return [.. "C2PA"u8, .. length, .. store, .. (store.Length & 1) == 0 ? [] : new byte[1]];
    }

    /// <summary>Every piece after the first repeats length and type of the box.</summary>
    private static IEnumerable<byte> JpegSegments(byte[] store)
    {
        var number = 0;
        foreach (var (start, length, isFirst) in PiecesOf(store.Length))
        {
            var header = new byte[JpegOverhead];
            (header[0], header[1]) = (0xFF, 0xEB);
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(JpegOverhead - 2 + (isFirst ? 0 : JumbfBox.Header) + length));
            "JP\0\x01"u8.CopyTo(header.AsSpan(4));
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), ++number);
            foreach (var value in header.Concat(isFirst ? [] : store[..JumbfBox.Header]).Concat(store[start..(start + length)]))
            {
                yield return value;
            }
        }
    }

    private static IEnumerable<(int Start, int Length, bool IsFirst)> PiecesOf(int store)
    {
        for (var at = 0; at < store;)
        {
            var length = Math.Min(store - at, at == 0 ? JpegPiece : JpegPiece - JumbfBox.Header);
            yield return (at, length, at == 0);
            at += length;
        }
    }
}
