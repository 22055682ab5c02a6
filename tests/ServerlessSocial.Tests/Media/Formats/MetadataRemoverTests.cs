using ServerlessSocial.Media.Formats;
using static ServerlessSocial.Tests.Media.Formats.SampleImages;

namespace ServerlessSocial.Tests.Media.Formats;

public sealed class MetadataRemoverTests
{
    private static readonly byte[] Profile = [.. "ICC_PROFILE\0"u8, 1, 1, 9, 9, 9];
    private static readonly byte[] Adobe = [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1];
    private static readonly byte[] Jfif = [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 0, 72, 0, 0];

    [Fact]
    public void Clean_PhoneJpeg_KeepsPictureColoursAndOrientationAlone()
    {
        byte[] jfifWithPreview = [.. Jfif[..12], 1, 1, 7, 7, 7];
        byte[] original =
        [
            .. AfterJpegStart(
                Jpeg,
                JpegSegment(0xE0, jfifWithPreview),
                JpegSegment(0xE1, PhoneExif(6)),
                JpegSegment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>"u8, .. Secret]),
                JpegSegment(0xE2, Profile),
                JpegSegment(0xE2, [.. "MPF\0"u8, .. Secret]),
                JpegSegment(0xED, [.. "Photoshop 3.0\0"u8, .. Secret]),
                JpegSegment(0xEE, [.. Adobe, .. Secret]),
                JpegSegment(0xFE, Secret)),
            .. "ftypmp42"u8, .. Secret,
        ];
        byte[] orientationOnly = [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];

        Assert.Equal(
            AfterJpegStart(Jpeg, JpegSegment(0xE0, Jfif), JpegSegment(0xE1, orientationOnly), JpegSegment(0xE2, Profile), JpegSegment(0xEE, Adobe)),
            Clean(original));
    }

    [Fact]
    public void Clean_UprightPhoneJpeg_KeepsNoExif()
    {
        var original = AfterJpegStart(Jpeg, JpegSegment(0xE1, PhoneExif(1)));

        Assert.Equal(Jpeg, Clean(original));
    }

    [Fact]
    public void Clean_Png_KeepsPictureAndColoursAlone()
    {
        byte[] before = [.. PngStart, .. PngChunk("gAMA", [0, 0, 0xB1, 0x8F]), .. PngChunk("pHYs", [0, 0, 0, 1, 0, 0, 0, 1, 0])];
        byte[] original =
        [
            .. before,
            .. PngChunk("tEXt", [.. "Author\0"u8, .. Secret]),
            .. PngChunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Secret]),
            .. PngChunk("zTXt", [.. "Comment\0\0"u8, .. Secret]),
            .. PngChunk("eXIf", PhoneExif(1).AsSpan(6)),
            .. PngChunk("tIME", [7, 0xEA, 11, 21, 1, 2, 3]),
            .. PngData,
            .. PngChunk("caBX", Secret),
            .. PngEnd,
            .. Secret,
        ];

        Assert.Equal([.. before, .. PngData, .. PngEnd], Clean(original));
    }

    [Fact]
    public void Clean_AnimatedPng_KeepsItsFrames()
    {
        byte[] control = [0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0];
        byte[] animated =
        [
            .. PngStart, .. PngChunk("acTL", [0, 0, 0, 1, 0, 0, 0, 0]), .. PngChunk("fcTL", control), .. PngData,
            .. PngChunk("fdAT", [0, 0, 0, 1, 5]), .. PngEnd,
        ];

        Assert.Equal(animated, Clean(animated));
    }

    [Fact]
    public void Clean_Gif_KeepsFramesTimingAndLoopingAlone()
    {
        var palette = 13 + 48;
        var looping = palette + 19;
        byte[] original =
        [
            .. Gif[..palette],
            .. GifExtension(0xFE, Secret),
            .. GifExtension(0xFF, "NETSCAPE2.0"u8.ToArray(), Secret, [1, 0, 0]),
            .. GifExtension(0xFF, "XMP DataXMP"u8.ToArray(), Secret),
            .. GifExtension(0xF9, [4, 99, 0, 0]),
            .. GifExtension(0x01, new byte[12], Secret),
            .. Gif[looping..],
            .. Secret,
        ];

        Assert.Equal(Gif, Clean(original));
    }

    [Fact]
    public void Clean_ExtendedWebp_KeepsPictureProfileAndCorrectFlagsAlone()
    {
        var picture = TransparentWebp[30..];
        byte[] original =
        [
            .. Webp(
                WebpChunk("VP8X", [0x3C, 0, 0, 0, 5, 0, 0, 3, 0, 0]),
                WebpChunk("ICCP", [1, 2, 3]),
                picture,
                WebpChunk("EXIF", PhoneExif(1)),
                WebpChunk("XMP ", Secret),
                WebpChunk("abcd", Secret)),
            .. Secret,
        ];

        Assert.Equal(
            Webp(WebpChunk("VP8X", [0x30, 0, 0, 0, 5, 0, 0, 3, 0, 0]), WebpChunk("ICCP", [1, 2, 3]), picture), Clean(original));
    }

    [Fact]
    public void Clean_SimpleWebp_DropsWhatFollowsThePicture()
    {
        var original = Webp(LossyWebp[12..], WebpChunk("EXIF", PhoneExif(1)));

        Assert.Equal(LossyWebp, Clean(original));
    }

    [Fact]
    public void Clean_AnimatedWebp_LooksInsideItsFrames()
    {
        var frames = AnimatedWebp.AsSpan().IndexOf("ANMF"u8);
        var firstFrame = AnimatedWebp[(frames + 8)..(frames + 8 + 0x4A)];
        byte[] original = Webp(
            AnimatedWebp[12..frames],
            WebpChunk("ANMF", [.. firstFrame, .. WebpChunk("note", Secret)]),
            AnimatedWebp[(frames + 8 + 0x4A)..]);

        Assert.Equal(AnimatedWebp, Clean(original));
    }

    [Fact]
    public void Clean_ImageWithoutMetadata_ChangesNothing() =>
        Assert.All(SampleImages.All, image => Assert.Equal(image, Clean(image)));

    [Fact]
    public void Clean_InspectionOfAnotherImage_IsRefused() =>
        Assert.Throws<ArgumentException>(() => MetadataRemover.Clean(Jpeg, ImageInspector.Inspect(Png)!));

    private static byte[] Clean(byte[] original)
    {
        var inspection = ImageInspector.Inspect(original);

        Assert.NotNull(inspection);
        return MetadataRemover.Clean(original, inspection);
    }
}
