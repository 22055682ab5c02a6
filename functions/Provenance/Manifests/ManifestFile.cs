using System.Buffers.Binary;
using System.IO.Hashing;
using ServerlessSocial.Media.Pictures;

namespace ServerlessSocial.Provenance.Manifests;

/// <summary>Where a file holds its manifest store.</summary>
/// <param name="Store">The store, put together if it lies in pieces.</param>
/// <param name="Start">Where what holds it begins, in bytes.</param>
/// <param name="Length">Bytes of all that holds it, headers and checksums included.</param>
internal sealed record EmbeddedManifest(ReadOnlyMemory<byte> Store, int Start, int Length);

/// <summary>
/// Puts manifest stores into files and finds them there (C2PA specification 2.2, appendix A.3): in a PNG a <c>caBX</c> chunk, in a JPEG <c>APP11</c> segments
/// (ISO/IEC 19566-5, annex D), in a WebP a RIFF chunk <c>C2PA</c> at the end. Nothing is decoded, and a file that anybody made is read no further than it is sound.
/// </summary>
internal static class ManifestFile
{
    /// <summary>PNG signature and header chunk, after which other chunks may begin.</summary>
    private const int PngHeader = 8 + 25;

    /// <summary>Of a PNG chunk: length and type before its data, checksum after it.</summary>
    private const int PngOverhead = 12;

    /// <summary>Of a JPEG segment: marker, length, <c>JP</c>, box instance, sequence number.</summary>
    private const int JpegOverhead = 2 + 2 + 2 + 2 + 4;

    /// <summary>Bytes of a box that one JPEG segment takes: 65,535 without length, <c>JP</c>, instance and sequence number.</summary>
    private const int JpegPiece = ushort.MaxValue - 2 - 8;

    private const int RiffHeader = 8;
    private const int WebpHeader = 12;

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

    /// <summary>The store that a file holds; null if it holds none, or is none of the three formats.</summary>
    public static EmbeddedManifest? Find(ReadOnlyMemory<byte> file) => PictureFormats.Of(file.Span) switch
    {
        PictureFormat.Png => FindInPng(file),
        PictureFormat.Jpeg => FindInJpeg(file.Span),
        PictureFormat.Webp => FindInWebp(file),
        _ => null,
    };

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

    private static EmbeddedManifest? FindInPng(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        for (var at = 8; at + PngOverhead <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - PngOverhead)
            {
                return null;
            }

            if (bytes.Slice(at + 4, 4).SequenceEqual("caBX"u8))
            {
                return new(file.Slice(at + 8, (int)length), at, (int)length + PngOverhead);
            }

            at += (int)length + PngOverhead;
        }

        return null;
    }

    private static EmbeddedManifest? FindInWebp(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        for (var at = WebpHeader; at + RiffHeader <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (length > bytes.Length - at - RiffHeader)
            {
                return null;
            }

            var padded = Math.Min((int)length + ((int)length & 1), bytes.Length - at - RiffHeader);
            if (bytes.Slice(at, 4).SequenceEqual("C2PA"u8))
            {
                return new(file.Slice(at + RiffHeader, (int)length), at, padded + RiffHeader);
            }

            at += padded + RiffHeader;
        }

        return null;
    }

    /// <summary>Puts the pieces together that follow each other and belong to one box of JUMBF; other users of APP11 are passed over.</summary>
    private static EmbeddedManifest? FindInJpeg(ReadOnlySpan<byte> bytes)
    {
        var store = new List<byte>();
        var (start, end) = (0, 0);
        for (var at = 2; at + 4 <= bytes.Length && bytes[at] == 0xFF && bytes[at + 1] is not (0xDA or 0xD9);)
        {
            var segment = bytes.Slice(at, Math.Min(2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]), bytes.Length - at));
            if (segment.Length <= JpegOverhead + JumbfBox.Header || segment[1] != 0xEB || !segment.Slice(4, 2).SequenceEqual("JP"u8)
                || !segment.Slice(JpegOverhead + 4, 4).SequenceEqual("jumb"u8))
            {
                if (store.Count > 0)
                {
                    break;
                }
            }
            else
            {
                start = store.Count == 0 ? at : start;
                store.AddRange(segment[(JpegOverhead + (store.Count == 0 ? 0 : JumbfBox.Header))..]);
                end = at + segment.Length;
            }

            at += Math.Max(segment.Length, 2);
        }

        return store.Count == 0 ? null : new(store.ToArray(), start, end - start);
    }
}
