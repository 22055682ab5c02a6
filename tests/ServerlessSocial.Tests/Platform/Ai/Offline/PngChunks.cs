using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ServerlessSocial.Tests.Platform.Ai.Offline;

/// <summary>Reads 8-bit RGB PNG files whose rows are filtered to the left or from above.</summary>
internal static class PngChunks
{
    public static IEnumerable<(string Type, byte[] Data)> Read(byte[] png)
    {
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            yield return (Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
    }

    public static byte[] Pixels(byte[] png, int width)
    {
        using var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(Read(png).Single(chunk => chunk.Type == "IDAT").Data), CompressionMode.Decompress))
        {
            zlib.CopyTo(unpacked);
        }

        var stride = width * 3;
        var above = new byte[stride];
        var pixels = new List<byte>();
        foreach (var row in unpacked.ToArray().Chunk(stride + 1))
        {
            var decoded = new byte[stride];
            for (var i = 0; i < stride; i++)
            {
                decoded[i] = (byte)(row[i + 1] + row[0] switch
                {
                    1 => i < 3 ? 0 : decoded[i - 3],
                    2 => above[i],
                    var other => throw new NotSupportedException($"Filter {other}."),
                });
            }

            pixels.AddRange(decoded);
            above = decoded;
        }

        return [.. pixels];
    }
}
