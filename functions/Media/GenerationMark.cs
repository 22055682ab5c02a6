using System.Buffers.Binary;
using System.Text;
using ServerlessSocial.Media.Formats;
using ServerlessSocial.Platform.Checksums;

namespace ServerlessSocial.Media;

/// <summary>
/// The machine-readable mark that a model made a picture: the IPTC digital source type <c>trainedAlgorithmicMedia</c> (IPTC NewsCodes) in an
/// XMP packet. Generated pictures carry it in the file, and uploads that carry it stay labelled, whoever saved and uploaded them again.
/// </summary>
public static class GenerationMark
{
    /// <summary>Stands for the model's name when a file says that a model made it and not which.</summary>
    public const string UnknownModel = "unknown";

    private const string Packet =
        """
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/></rdf:RDF></x:xmpmeta><?xpacket end="r"?>
        """;

    /// <summary>PNG signature and header chunk, after which other chunks may begin.</summary>
    private const int PngHeader = 8 + 25;

    /// <summary>
    /// Whether a file carries the mark, as XMP or in C2PA assertions, which both store it as plain text. Edited photographs
    /// (<c>compositeWithTrainedAlgorithmicMedia</c>) do not count.
    /// </summary>
    public static bool IsIn(ReadOnlySpan<byte> file) => file.IndexOf("digitalsourcetype/trainedAlgorithmicMedia"u8) >= 0;

    /// <summary>The file with the mark, unless it has one already. PNG and JPEG can take it; GIF and WebP stay as they are.</summary>
    /// <param name="file">A picture that was inspected.</param>
    /// <param name="image">What the inspection said.</param>
    public static ReadOnlyMemory<byte> AddTo(ReadOnlyMemory<byte> file, ImageInspection image) => image.ContentType switch
    {
        _ when IsIn(file.Span) => file,
        "image/png" => Insert(file.Span, PngHeader, PngChunk()),
        "image/jpeg" => Insert(file.Span, AfterJfif(file.Span), JpegSegment()),
        _ => file,
    };

    private static byte[] Insert(ReadOnlySpan<byte> file, int at, ReadOnlySpan<byte> part) => [.. file[..at], .. part, .. file[at..]];

    /// <summary>An <c>iTXt</c> chunk as the XMP specification (part 3) wants it: uncompressed, no language, no translated keyword.</summary>
    private static byte[] PngChunk()
    {
        byte[] typeAndData = [.. "iTXtXML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(Packet)];
        var chunk = new byte[typeAndData.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, typeAndData.Length - 4);
        typeAndData.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Compute(typeAndData));
        return chunk;
    }

    /// <summary>An APP1 segment as the XMP specification (part 3) wants it.</summary>
    private static byte[] JpegSegment()
    {
        byte[] payload = [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(Packet)];
        var length = payload.Length + 2;
        return [0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. payload];
    }

    /// <summary>JFIF asks for its own segment to come first.</summary>
    private static int AfterJfif(ReadOnlySpan<byte> jpeg) =>
        jpeg[2..4] is [0xFF, 0xE0] ? 4 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[4..]) : 2;
}
