using System.Buffers.Binary;
using System.Text;
using NetVips;

namespace ServerlessSocial.Media;

/// <summary>
/// The machine-readable mark that a model made a picture: the IPTC digital source type <c>trainedAlgorithmicMedia</c> (IPTC NewsCodes) in an
/// XMP packet. Generated pictures carry it in every file of theirs, and uploads that carry it stay labelled, whoever saved and uploaded them again.
/// </summary>
public static class GenerationMark
{
    /// <summary>Stands for the model's name when a file says that a model made it and not which.</summary>
    public const string UnknownModel = "unknown";

    private const string XmpField = "xmp-data";

    private const string Packet =
        """
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/></rdf:RDF></x:xmpmeta><?xpacket end="r"?>
        """;

    /// <summary>PNG signature and header chunk, after which other chunks may begin.</summary>
    private const int PngHeader = 8 + 25;

    /// <summary>CRC-32 of the PNG chunk that holds <see cref="Packet"/>: it never changes.</summary>
    private const uint PngChecksum = 0x6B5C46B8;

    /// <summary>
    /// Whether a file carries the mark, as XMP or in C2PA assertions, which both store it as plain text. Edited photographs
    /// (<c>compositeWithTrainedAlgorithmicMedia</c>) do not count.
    /// </summary>
    public static bool IsIn(ReadOnlySpan<byte> file) => file.IndexOf("digitalsourcetype/trainedAlgorithmicMedia"u8) >= 0;

    /// <summary>Whether a picture carries the mark in XMP that its file may hold compressed.</summary>
    internal static bool IsIn(Image picture) => picture.Contains(XmpField) && picture.Get(XmpField) is byte[] packet && IsIn(packet);

    /// <summary>The picture with the mark in place of whatever XMP it had.</summary>
    internal static Image AddTo(Image picture) => picture.Mutate(header => header.Set(GValue.BlobType, XmpField, Encoding.UTF8.GetBytes(Packet)));

    /// <summary>A PNG with the mark where the XMP specification (part 3) wants it, in an uncompressed <c>iTXt</c> chunk: libvips would compress it.</summary>
    internal static byte[] AddToPng(ReadOnlySpan<byte> png)
    {
        byte[] typeAndData = [.. "iTXtXML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(Packet)];
        var (length, checksum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, typeAndData.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, PngChecksum);
        return [.. png[..PngHeader], .. length, .. typeAndData, .. checksum, .. png[PngHeader..]];
    }
}
