using System.Buffers.Binary;
using System.Text;

namespace ServerlessSocial.Provenance.Manifests;

/// <summary>
/// A superbox of the JPEG universal metadata box format (JUMBF, ISO/IEC 19566-5): a description box with a type and a label, then contents.
/// Manifest stores are made of them (C2PA specification 2.2, section 11.1, "Use of JUMBF").
/// </summary>
/// <param name="Type">Four letters that begin its UUID, such as <c>c2ma</c>.</param>
/// <param name="Label">Its name among its neighbours; empty for none.</param>
/// <param name="Bytes">The box whole, with its own header.</param>
/// <param name="Children">Superboxes in it.</param>
/// <param name="Content">Payload of the first box in it that is none, such as the CBOR of a <c>cbor</c> box; empty for none.</param>
internal sealed record JumbfBox(string Type, string Label, ReadOnlyMemory<byte> Bytes, IReadOnlyList<JumbfBox> Children, ReadOnlyMemory<byte> Content)
{
    /// <summary>Length and type before each box.</summary>
    public const int Header = 8;

    /// <summary>Superboxes within superboxes that are read: a store, its manifests, their assertion stores, assertions, and two to spare.</summary>
    private const int MostDeep = 6;

    /// <summary>Boxes of one parent that are read; what comes after them is not.</summary>
    private const int MostChildren = 200;

    /// <summary>A description says that it may be asked for by its label, and has one.</summary>
    private const byte RequestableWithLabel = 0x03;

    private const byte HasLabel = 0x02;
    private const int UuidLength = 16;

    /// <summary>The twelve bytes that every type's UUID ends with.</summary>
    private static ReadOnlySpan<byte> UuidEnd => [0x00, 0x11, 0x00, 0x10, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>What a hashed reference to it covers: all of it but its own header (C2PA 2.2, section 8.4.2.3).</summary>
    public ReadOnlyMemory<byte> Hashed => Bytes[Header..];

    /// <summary>The child of a name; null if there is none.</summary>
    public JumbfBox? Child(string label) => Children.FirstOrDefault(child => child.Label == label);

    /// <summary>Writes a box.</summary>
    /// <param name="type">Four letters.</param>
    /// <param name="payload">What is in it.</param>
    public static byte[] Write(ReadOnlySpan<byte> type, params ReadOnlySpan<byte[]> payload)
    {
        var length = Header + payload.ToArray().Sum(part => part.Length);
        var box = new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(box, length);
        type.CopyTo(box.AsSpan(4));
        var at = Header;
        foreach (var part in payload)
        {
            part.CopyTo(box, at);
            at += part.Length;
        }

        return box;
    }

    /// <summary>Writes a superbox.</summary>
    /// <param name="type">Four letters that begin its UUID.</param>
    /// <param name="label">Its name.</param>
    /// <param name="boxes">Boxes in it.</param>
    public static byte[] WriteSuper(ReadOnlySpan<byte> type, string label, params ReadOnlySpan<byte[]> boxes)
    {
        byte[] description = [.. type, .. UuidEnd, RequestableWithLabel, .. Encoding.UTF8.GetBytes(label), 0];
        return Write("jumb"u8, [Write("jumd"u8, description), .. boxes]);
    }

    /// <summary>Reads a superbox that anybody may have written.</summary>
    /// <returns>The box, or null if the bytes do not begin with one that is whole.</returns>
    public static JumbfBox? Read(ReadOnlyMemory<byte> bytes) => Next(bytes) is { IsSuper: true } found ? ReadSuper(found, 0) : null;

    private static JumbfBox? ReadSuper(RawBox box, int depth)
    {
        if (Next(box.Payload) is not { } first || !first.Type.SequenceEqual("jumd"u8) || first.Payload.Length <= UuidLength || depth == MostDeep)
        {
            return null;
        }

        var children = new List<JumbfBox>();
        var content = ReadOnlyMemory<byte>.Empty;
        var rest = box.Payload[first.Bytes.Length..];
        for (var count = 0; count < MostChildren && Next(rest) is { } next; count++)
        {
            if (next.IsSuper && ReadSuper(next, depth + 1) is { } child)
            {
                children.Add(child);
            }
            else if (!next.IsSuper && content.IsEmpty)
            {
                content = next.Payload;
            }

            rest = rest[next.Bytes.Length..];
        }

        var (type, label) = Describe(first.Payload.Span);
        return new(type, label, box.Bytes, children, content);
    }

    private static (string Type, string Label) Describe(ReadOnlySpan<byte> description)
    {
        var rest = description[(UuidLength + 1)..];
        var end = rest.IndexOf((byte)0);
        return (Encoding.Latin1.GetString(description[..4]), (description[UuidLength] & HasLabel) != 0 && end >= 0 ? Encoding.UTF8.GetString(rest[..end]) : string.Empty);
    }

    /// <summary>The box that bytes begin with; null if it is not all there. One of length 0 reaches to the end; those of 64-bit length are nobody's manifests.</summary>
    private static RawBox? Next(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Header)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span);
        length = length == 0 ? (uint)bytes.Length : length;
        return length >= Header && length <= bytes.Length ? new(bytes[..(int)length]) : null;
    }

    private sealed record RawBox(ReadOnlyMemory<byte> Bytes)
    {
        public ReadOnlySpan<byte> Type => Bytes.Span[4..Header];

        public ReadOnlyMemory<byte> Payload => Bytes[Header..];

        public bool IsSuper => Type.SequenceEqual("jumb"u8);
    }
}
