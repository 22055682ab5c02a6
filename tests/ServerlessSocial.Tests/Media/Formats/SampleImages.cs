using System.Buffers.Binary;
using System.Text;

namespace ServerlessSocial.Tests.Media.Formats;

/// <summary>Tiny real images, 6 pixels wide and 4 high, and the parts to hide things in.</summary>
internal static class SampleImages
{
    /// <summary>What must never be published.</summary>
    public static readonly byte[] Secret = "52.5163N 13.3777E"u8.ToArray();

    public static byte[] Jpeg => Convert.FromBase64String(
        "/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjsh"
        + "ITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAEAAYDASIAAhEBAxEB/8QAFQABAQAA"
        + "AAAAAAAAAAAAAAAAAAH/xAAZEAEAAgMAAAAAAAAAAAAAAAAAAQIhIkH/xAAVAQEBAAAAAAAAAAAAAAAAAAADBP/EABoRAQACAwEAAAAAAAAAAAAA"
        + "AAEAAwISIpH/2gAMAwEAAhEDEQA/ALOtsdgAaooSzCqvU5PJ/9k=");

    public static byte[] ProgressiveJpeg => Convert.FromBase64String(
        "/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjsh"
        + "ITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wgARCAAEAAYDASIAAhEBAxEB/8QAFAABAAAA"
        + "AAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAID/9oADAMBAAIQAxAAAAEDb//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAQUC"
        + "f//EABgRAAIDAAAAAAAAAAAAAAAAAAACAREx/9oACAEDAQE/AYVaw//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Bf//EABQQAQAAAAAA"
        + "AAAAAAAAAAAAAAD/2gAIAQEABj8Cf//EABYQAAMAAAAAAAAAAAAAAAAAAAABMf/aAAgBAQABPyGM/9oADAMBAAIAAwAAABDz/8QAFxEAAwEAAAAA"
        + "AAAAAAAAAAAAABEhkf/aAAgBAwEBPxBZGH//xAAVEQEBAAAAAAAAAAAAAAAAAAABAP/aAAgBAgEBPxBUUL//xAAWEAEBAQAAAAAAAAAAAAAAAAAB"
        + "QQD/2gAIAQEAAT8QYU3/2Q==");

    public static byte[] LossyWebp => Convert.FromBase64String(
        "UklGRkAAAABXRUJQVlA4IDQAAACQAQCdASoGAAQAAABoJbACdACBkuAATiPYuEwEsfCypdOdlsBNmN9quUI987AV5xbDbQAA");

    public static byte[] LosslessWebp => Convert.FromBase64String(
        "UklGRjwAAABXRUJQVlA4TC8AAAAvBcAAALmM6H/sIqL/AcWMJEH+ZsMxGvO8dhHEgineHVMCgSSZ/Y1miQkAKuc/AAA=");

    public static byte[] TransparentWebp => Convert.FromBase64String(
        "UklGRnQAAABXRUJQVlA4WAoAAAAQAAAABQAAAwAAQUxQSBkAAAABuYzof0BR2zZQvyVU/tyuDULEBEwAkssDAFZQOCA0AAAA0AEAnQEqBgAEAAQA"
        + "aCWwAnS6AAMHDXAA/qMyptPimfY3ZTdsft78EJxmk8VVG1BpigAAAA==");

    public static byte[] AnimatedWebp => Convert.FromBase64String(
        "UklGRq4AAABXRUJQVlA4WAoAAAACAAAABQAAAwAAQU5JTQYAAAD/////AABBTk1GSgAAAAAAAAAAAAUAAAMAAGQAAAJWUDggMgAAAJABAJ0BKgYA"
        + "BAAEAGglsAJ0AIGS4ABOI9i4TASwLBFr6sQn/LiTgK7xVmz5q3o4AAAAQU5NRjAAAAAAAAAAAAAFAAADAABkAAAAVlA4IBgAAAA0AQCdASoGAAQA"
        + "AABoJaQAA3AA/vOdgAA=");

    /// <summary>Two frames that loop; the looping extension follows the 24 bytes of the palette.</summary>
    public static byte[] Gif => Convert.FromBase64String(
        "R0lGODlhBgAEAIMAAMhk5IKH4Tyq3ii0lDKvueZVU6B4UKpzdblrrUuiGAbGFthcHpJ/G3KPqBm8XV+ZYCH/C05FVFNDQVBFMi4wAwEAAAAh+QQE"
        + "CgAAACwAAAAABgAEAAAEElAp5wYRKb3XWmCMcSAIsCxFBAAh+QQFCgAAACwAAAAABgAEAIBMaXEAAAACBIyPqVcAOw==");

    public static byte[] Png => [.. PngStart, .. PngData, .. PngEnd];

    public static byte[] PngStart => [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. PngChunk("IHDR", [0, 0, 0, 6, 0, 0, 0, 4, 8, 2, 0, 0, 0])];

    public static byte[] PngEnd => PngChunk("IEND", []);

    public static byte[] PngData
    {
        get
        {
            using var packed = new MemoryStream();
            using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            {
                zlib.Write([.. Enumerable.Range(0, 4 * (1 + 18)).Select(i => i % 19 == 0 ? (byte)0 : (byte)(i * 5))]);
            }

            return PngChunk("IDAT", packed.ToArray());
        }
    }

    public static IEnumerable<byte[]> All =>
        [Png, Jpeg, ProgressiveJpeg, Gif, LossyWebp, LosslessWebp, TransparentWebp, AnimatedWebp];

    public static byte[] PngChunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] typeAndData = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[typeAndData.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        typeAndData.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(typeAndData));
        return chunk;
    }

    /// <summary>The checksum of PNG (annex D of its specification).</summary>
    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    public static byte[] JpegSegment(byte marker, ReadOnlySpan<byte> payload) =>
        [0xFF, marker, (byte)((payload.Length + 2) >> 8), (byte)(payload.Length + 2), .. payload];

    public static byte[] AfterJpegStart(byte[] jpeg, params ReadOnlySpan<byte[]> segments) =>
        [.. jpeg[..2], .. segments.ToArray().SelectMany(s => s), .. jpeg[2..]];

    /// <summary>A little-endian EXIF payload with camera, orientation and position, as a phone writes them.</summary>
    public static byte[] PhoneExif(byte orientation) =>
    [
        .. "Exif\0\0II*\0"u8, 8, 0, 0, 0,
        3, 0,
        0x0F, 0x01, 2, 0, 18, 0, 0, 0, 50, 0, 0, 0,
        0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0,
        0x25, 0x88, 4, 0, 1, 0, 0, 0, 68, 0, 0, 0,
        0, 0, 0, 0,
        .. Secret, 0,
        1, 0, 0x1D, 0, 2, 0, 18, 0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0,
    ];

    public static byte[] GifExtension(byte label, params ReadOnlySpan<byte[]> blocks) =>
        [0x21, label, .. blocks.ToArray().SelectMany(b => (byte[])[(byte)b.Length, .. b]), 0];

    public static byte[] WebpChunk(string type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[8 + data.Length + (data.Length & 1)];
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 0);
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), data.Length);
        data.CopyTo(chunk.AsSpan(8));
        return chunk;
    }

    public static byte[] Webp(params ReadOnlySpan<byte[]> chunks)
    {
        byte[] body = [.. "WEBP"u8, .. chunks.ToArray().SelectMany(c => c)];
        return WebpChunk("RIFF", body);
    }

    public static bool Holds(this byte[] content, ReadOnlySpan<byte> part) => content.AsSpan().IndexOf(part) >= 0;
}
