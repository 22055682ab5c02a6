using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using NetVips;
using ServerlessSocial.Media;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Tests.Media.Formats;
using static ServerlessSocial.Tests.Media.Formats.SampleImages;

namespace ServerlessSocial.Tests.Media.Pictures;

/// <summary>What becomes of files that are made to harm. None of the large ones holds pixels to decode: they are refused by what their headers say.</summary>
public sealed class HostilePictureTests
{
    [Theory]
    [InlineData(16_383, 3_051, true)]
    [InlineData(16_383, 3_052, false)]
    [InlineData(10_000, 5_000, true)]
    [InlineData(10_000, 5_001, false)]
    [InlineData(16_384, 1, false)]
    [InlineData(1, 16_384, false)]
    [InlineData(int.MaxValue, int.MaxValue, false)]
    public void Allow_SizeAtTheLimits_Decides(int width, int height, bool allowed) => Assert.Equal(allowed, PictureLimits.Allow(width, height, 1));

    [Theory]
    [InlineData(800, 800, 100, true)]
    [InlineData(800, 800, 101, false)]
    [InlineData(1, 1, 1_000, true)]
    [InlineData(1, 1, 1_001, false)]
    public void Allow_FramesAtTheLimits_Decides(int width, int height, int frames, bool allowed) =>
        Assert.Equal(allowed, PictureLimits.Allow(width, height, frames));

    /// <summary>What readers' browsers have to decode and hold: 100 megapixels in all, 1,000 frames.</summary>
    [Fact]
    public void Allow_WhatAPictureMayHave_IsWithinWhatABrowserBears()
    {
        Assert.InRange(PictureLimits.MaxPixels, 1, 100_000_000);
        Assert.InRange(PictureLimits.MaxAnimatedPixels, 1, 100_000_000);
        Assert.InRange(PictureLimits.MaxFrames, 1, 1_000);
        Assert.False(PictureLimits.Allow(10_000, 10_001, 1));
        Assert.False(PictureLimits.Allow(1_000, 101, 1_000));
    }

    [Theory]
    [InlineData(1_000, 64, true)]
    [InlineData(1_000, 65, false)]
    [InlineData(8, 1_000, true)]
    [InlineData(8, 1_001, false)]
    public void Read_AnimationAtTheLimits_IsDecidedByItsHeader(int side, int frames, bool allowed) =>
        Assert.Equal(allowed, PictureHeader.Read(Animation(side, frames)).Value is not null);

    [Fact]
    public async Task ProcessAsync_HugePng_IsRefusedByItsHeader()
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, 16_000);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 16_000);
        (header[8], header[9]) = (8, 2);

        Assert.IsType<PictureTooLarge>(await ErrorOfAsync([.. PngStart[..8], .. PngChunk("IHDR", header), .. PngData, .. PngEnd]));
    }

    [Fact]
    public async Task ProcessAsync_HugeProgressiveJpeg_IsRefusedByItsHeader()
    {
        var jpeg = ProgressiveJpeg;
        var frame = jpeg.AsSpan().IndexOf((byte[])[0xFF, 0xC2]);
        BinaryPrimitives.WriteInt16BigEndian(jpeg.AsSpan(frame + 5), 30_000);
        BinaryPrimitives.WriteInt16BigEndian(jpeg.AsSpan(frame + 7), 30_000);

        Assert.IsType<PictureTooLarge>(await ErrorOfAsync(jpeg));
    }

    [Fact]
    public async Task ProcessAsync_GifOfThousandsOfHugeFrames_IsRefusedByItsHeader()
    {
        Assert.IsType<PictureTooLarge>(await ErrorOfAsync(Animation(10_000, 2_000)));
        Assert.IsType<PictureTooLarge>(await ErrorOfAsync(Animation(8, 1_001)));
        Assert.IsType<PictureTooLarge>(await ErrorOfAsync(Animation(1_000, 65)));
        Assert.Null(await ErrorOfAsync(Animation(8, 100)));
    }

    [Fact]
    public async Task ProcessAsync_HugeAnimatedWebp_IsRefusedByItsHeader()
    {
        var webp = AnimatedWebp;

        // The canvas, less one, in three bytes each: 16,383 x 16,383.
        (webp[24], webp[25], webp[26], webp[27], webp[28], webp[29]) = (0xFE, 0x3F, 0, 0xFE, 0x3F, 0);

        Assert.IsType<PictureTooLarge>(await ErrorOfAsync(webp));
    }

    [Fact]
    public async Task ProcessAsync_AvifThatIsLargerThanItsHeaderSays_IsRefused()
    {
        using var image = Drawn.Halves(1_024, 1_024);
        var avif = image.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0, q: 10);
        for (var at = avif.AsSpan().IndexOf("ispe"u8); at > 0; at = avif.AsSpan(at + 4).IndexOf("ispe"u8) is >= 0 and var next ? at + 4 + next : -1)
        {
            BinaryPrimitives.WriteInt32BigEndian(avif.AsSpan(at + 8), 64);
            BinaryPrimitives.WriteInt32BigEndian(avif.AsSpan(at + 12), 64);
        }

        Assert.IsType<NotAPicture>(await ErrorOfAsync(avif));
    }

    [Fact]
    public async Task ProcessAsync_JpegOfHundredsOfScans_IsRefused()
    {
        var jpeg = ProgressiveJpeg;
        var last = jpeg.AsSpan().LastIndexOf((byte[])[0xFF, 0xDA]);
        byte[] scans = [.. jpeg[..^2], .. Enumerable.Repeat(jpeg[last..^2], 1_000).SelectMany(scan => scan), .. jpeg[^2..]];

        Assert.IsType<NotAPicture>(await ErrorOfAsync(scans));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")]
    [InlineData("%PDF-1.7")]
    [InlineData("II*\0\u0008\0\0\0")]
    [InlineData("# vips image")]
    [InlineData("1,2,3\n4,5,6\n")]
    public async Task ProcessAsync_WhatLibvipsCouldReadButNoBrowserShows_IsNoPicture(string text) =>
        Assert.IsType<NotAPicture>(await ErrorOfAsync(System.Text.Encoding.Latin1.GetBytes(text)));

    [Fact]
    public async Task ProcessAsync_WhateverIsHiddenInAFile_IsGone()
    {
        byte[] archive = [.. "PK\u0003\u0004"u8, .. Secret];
        byte[] xmp = [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>"u8, .. Secret];
        var picture = TransparentWebp[30..];
        byte[][] files =
        [
            [
                .. AfterJpegStart(
                    Drawn.Jpeg(800, 400),
                    JpegSegment(0xE1, PhoneExif(6)),
                    JpegSegment(0xE1, xmp),
                    JpegSegment(0xED, [.. "Photoshop 3.0\0"u8, .. Secret]),
                    JpegSegment(0xFE, Secret)),
                .. archive,
            ],
            [
                .. PngStart,
                .. PngChunk("tEXt", [.. "Author\0"u8, .. Secret]),
                .. PngChunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Secret]),
                .. PngChunk("eXIf", PhoneExif(1).AsSpan(6)),
                .. PngData,
                .. PngChunk("caBX", Secret),
                .. PngEnd,
                .. archive,
            ],
            [.. Gif[..61], .. GifExtension(0xFE, Secret), .. GifExtension(0xFF, "XMP DataXMP"u8.ToArray(), Secret), .. Gif[61..], .. archive],
            [.. Webp(WebpChunk("VP8X", [0x1C, 0, 0, 0, 5, 0, 0, 3, 0, 0]), picture, WebpChunk("EXIF", PhoneExif(1)), WebpChunk("XMP ", Secret)), .. archive],
        ];
        foreach (var file in files)
        {
            Assert.True(file.Holds(Secret));
            using var processor = new PictureProcessor();
            var (kept, error) = await processor.ProcessAsync(file, generated: false, default);

            Assert.True(kept is not null, error?.Detail);
            Assert.All((byte[][])[kept.Content, .. kept.Thumbnails.Select(item => item.Content)], output =>
            {
                Assert.False(output.Holds(Secret));
                Assert.False(output.Holds("PK\u0003\u0004"u8));
                Assert.False(output.Holds("Exif"u8) || output.Holds("EXIF"u8));
            });
        }
    }

    [Fact]
    public void ProcessAsync_DamagedFile_IsRefusedOrBecomesAPicture()
    {
        var damaged = from image in Gen.Elements(SampleImages.All.Append(AfterJpegStart(Jpeg, JpegSegment(0xE1, PhoneExif(6)))).ToArray())
                      from damages in Damage.NonEmptyListOf()
                      select damages.Aggregate(image, (content, damage) => damage(content));

        Prop.ForAll(damaged.ToArbitrary(), file =>
        {
            using var processor = new PictureProcessor();
            var (picture, error) = processor.ProcessAsync(file, generated: false, default).GetAwaiter().GetResult();
            return picture is null ? error is NotAPicture or PictureTooLarge : Drawn.SizeOf(picture.Content) == (picture.Width, picture.Height);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(6));
    }

    /// <summary>A square GIF of which each frame changes one pixel.</summary>
    private static byte[] Animation(int side, int frames)
    {
        byte[] start = [.. "GIF89a"u8, (byte)side, (byte)(side >> 8), (byte)side, (byte)(side >> 8), 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
        byte[] frame = [0x21, 0xF9, 4, 4, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        return [.. start, .. Enumerable.Repeat(frame, frames).SelectMany(item => item), 0x3B];
    }

    private static Gen<Func<byte[], byte[]>> Damage => Gen.OneOf(
        At((content, at, value) => [.. content[..at], value, .. content[(at + 1)..]]),
        At((content, at, value) => [.. content[..at], value, .. content[at..]]),
        At((content, at, value) => [.. content[..at], 0xFF, 0xFF, 0xFF, value, .. content[at..].Skip(4)]),
        At((content, at, _) => content[..at]));

    private static Gen<Func<byte[], byte[]>> At(Func<byte[], int, byte, byte[]> change) =>
        from position in Gen.Choose(0, 10_000)
        from value in Gen.Choose(0, 255)
        select new Func<byte[], byte[]>(content => content.Length == 0 ? content : change(content, position % content.Length, (byte)value));

    private static async Task<Error?> ErrorOfAsync(byte[] file)
    {
        using var processor = new PictureProcessor();
        return (await processor.ProcessAsync(file, generated: false, default)).Error;
    }
}
