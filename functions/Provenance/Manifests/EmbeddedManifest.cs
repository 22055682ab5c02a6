using System.Buffers.Binary;
using ServerlessSocial.Media.Pictures;

namespace ServerlessSocial.Provenance.Manifests;

/// <summary>A manifest store that a file holds.</summary>
/// <param name="Store">The store, put together if it lies in pieces.</param>
/// <param name="Start">Where what holds it begins, in bytes.</param>
/// <param name="Length">Bytes of all that holds it, headers and checksums included.</param>
internal sealed record EmbeddedManifest(ReadOnlyMemory<byte> Store, int Start, int Length)
{
    private const int PngSignature = 8;
    private const int WebpHeader = 12;
    private const int BoxHeader = 8;

    /// <summary>The box of ISO base media files that holds a manifest store (C2PA 2.2, appendix A.5).</summary>
    private static ReadOnlySpan<byte> BoxId => [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81];

    /// <summary>
    /// Finds the store in a JPEG, PNG, WebP or AVIF that anybody may have made; null if there is none. Nothing is decoded, and a file is read no further than
    /// it is sound.
    /// </summary>
    public static EmbeddedManifest? Find(ReadOnlyMemory<byte> file) => PictureFormats.Of(file.Span) switch
    {
        PictureFormat.Png => FindInPng(file),
        PictureFormat.Jpeg => FindInJpeg(file.Span),
        PictureFormat.Webp => FindInWebp(file),
        PictureFormat.Avif => FindInBoxes(file),
        _ => null,
    };

    private static EmbeddedManifest? FindInPng(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        for (var at = PngSignature; at + ManifestFile.PngOverhead <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - ManifestFile.PngOverhead)
            {
                return null;
            }

            if (bytes.Slice(at + 4, 4).SequenceEqual("caBX"u8))
            {
                return new(file.Slice(at + 8, (int)length), at, (int)length + ManifestFile.PngOverhead);
            }

            at += (int)length + ManifestFile.PngOverhead;
        }

        return null;
    }

    private static EmbeddedManifest? FindInWebp(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        for (var at = WebpHeader; at + ManifestFile.RiffHeader <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (length > bytes.Length - at - ManifestFile.RiffHeader)
            {
                return null;
            }

            var padded = Math.Min((int)length + ((int)length & 1), bytes.Length - at - ManifestFile.RiffHeader);
            if (bytes.Slice(at, 4).SequenceEqual("C2PA"u8))
            {
                return new(file.Slice(at + ManifestFile.RiffHeader, (int)length), at, padded + ManifestFile.RiffHeader);
            }

            at += padded + ManifestFile.RiffHeader;
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
            if (segment.Length <= ManifestFile.JpegOverhead + JumbfBox.Header || segment[1] != 0xEB || !segment.Slice(4, 2).SequenceEqual("JP"u8)
                || !segment.Slice(ManifestFile.JpegOverhead + 4, 4).SequenceEqual("jumb"u8))
            {
                if (store.Count > 0)
                {
                    break;
                }
            }
            else
            {
                start = store.Count == 0 ? at : start;
                store.AddRange(segment[(ManifestFile.JpegOverhead + (store.Count == 0 ? 0 : JumbfBox.Header))..]);
                end = at + segment.Length;
            }

            at += Math.Max(segment.Length, 2);
        }

        return store.Count == 0 ? null : new(store.ToArray(), start, end - start);
    }

    /// <summary>A box <c>uuid</c> at the top: its id, version and flags, what it is for (<c>manifest</c>), eight bytes of an offset, the store.</summary>
    private static EmbeddedManifest? FindInBoxes(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        for (var at = 0; at + BoxHeader <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length < BoxHeader || length > bytes.Length - at)
            {
                return null;
            }

            var payload = bytes.Slice(at + BoxHeader, (int)length - BoxHeader);
            var purpose = "\0\0\0\0manifest\0"u8;
            var before = BoxId.Length + purpose.Length + sizeof(long);
            if (bytes.Slice(at + 4, 4).SequenceEqual("uuid"u8) && payload.Length > before && payload.StartsWith(BoxId) && payload[BoxId.Length..].StartsWith(purpose))
            {
                return new(file.Slice(at + BoxHeader + before, payload.Length - before), at, (int)length);
            }

            at += (int)length;
        }

        return null;
    }
}
