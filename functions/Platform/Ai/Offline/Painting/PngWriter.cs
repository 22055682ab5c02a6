using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ServerlessSocial.Platform.Checksums;

namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Writes 8-bit RGB PNG files (W3C PNG specification, third edition).</summary>
internal static class PngWriter
{
    private const byte LeftFilter = 1;
    private const byte AboveFilter = 2;

    /// <summary>A PNG of the canvas that carries an XMP packet where readers look for it.</summary>
    public static byte[] Write(Canvas canvas, string xmp)
    {
        using var file = new MemoryStream(canvas.Pixels.Length / 3);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        WriteChunk(file, "IHDR", Header(canvas));
        WriteChunk(file, "sRGB", [0]);
        WriteChunk(file, "iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(xmp)]);
        WriteChunk(file, "IDAT", Pack(canvas));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Header(Canvas canvas)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), canvas.Height);
        header[8] = 8;
        header[9] = 2;
        return header;
    }

    private static ReadOnlySpan<byte> Pack(Canvas canvas)
    {
        var stride = canvas.Width * 3;
        var (fromLeft, fromAbove, above) = (new byte[stride + 1], new byte[stride + 1], new byte[stride]);
        (fromLeft[0], fromAbove[0]) = (LeftFilter, AboveFilter);
        using var packed = new MemoryStream(canvas.Pixels.Length / 3);
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < canvas.Height; y++)
            {
                var row = canvas.Pixels.AsSpan(y * stride, stride);
                var leftCost = Filter(row, row[..^3], 3, fromLeft.AsSpan(1));
                var aboveCost = Filter(row, above, 0, fromAbove.AsSpan(1));
                zlib.Write(leftCost <= aboveCost ? fromLeft : fromAbove);
                row.CopyTo(above);
            }
        }

        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    /// <summary>Writes differences to a neighbour; returns how far they are from nothing, which tells how badly they pack.</summary>
    private static int Filter(ReadOnlySpan<byte> row, ReadOnlySpan<byte> neighbours, int start, Span<byte> filtered)
    {
        var cost = 0;
        row[..start].CopyTo(filtered);
        for (var i = start; i < row.Length; i++)
        {
            var difference = (byte)(row[i] - neighbours[i - start]);
            filtered[i] = difference;
            cost += Math.Abs((int)(sbyte)difference);
        }

        return cost;
    }

    private static void WriteChunk(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        var start = (int)file.Length;
        file.Write(Encoding.ASCII.GetBytes(type));
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Compute(file.GetBuffer().AsSpan(start, (int)file.Length - start)));
        file.Write(number);
    }
}
