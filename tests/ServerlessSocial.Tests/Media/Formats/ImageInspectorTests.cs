using ServerlessSocial.Media.Formats;

namespace ServerlessSocial.Tests.Media.Formats;

public sealed class ImageInspectorTests
{
    [Fact]
    public void Inspect_EverySupportedFormat_TellsTypeExtensionAndSize()
    {
        var inspections = SampleImages.All.Select(image => ImageInspector.Inspect(image)).ToList();

        var webp = new ImageInspection("image/webp", ".webp", 6, 4);
        var jpeg = new ImageInspection("image/jpeg", ".jpg", 6, 4);
        Assert.Equal(
            [new ImageInspection("image/png", ".png", 6, 4), jpeg, jpeg, new ImageInspection("image/gif", ".gif", 6, 4), webp, webp, webp, webp],
            inspections);
    }

    [Theory]
    [InlineData(1, 6, 4)]
    [InlineData(3, 6, 4)]
    [InlineData(6, 4, 6)]
    [InlineData(8, 4, 6)]
    [InlineData(9, 6, 4)]
    public void Inspect_TurnedJpeg_TellsTheSizeAsShown(byte orientation, int width, int height)
    {
        var turned = SampleImages.AfterJpegStart(SampleImages.Jpeg, SampleImages.JpegSegment(0xE1, SampleImages.PhoneExif(orientation)));

        Assert.Equal(new ImageInspection("image/jpeg", ".jpg", width, height), ImageInspector.Inspect(turned));
    }

    [Fact]
    public void Inspect_AnyTruncation_IsNotAnImage() =>
        Assert.All(SampleImages.All, image =>
        {
            for (var length = 0; length < image.Length; length++)
            {
                Assert.Null(ImageInspector.Inspect(image.AsSpan(0, length)));
            }
        });

    [Theory]
    [InlineData("")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("GIF89a<script>alert(1)</script>")]
    [InlineData("%PDF-1.7")]
    [InlineData("BM")]
    public void Inspect_OtherContent_IsNotAnImage(string text) =>
        Assert.Null(ImageInspector.Inspect(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Inspect_PngWithOneWrongBit_IsNotAnImage()
    {
        var png = SampleImages.Png;
        png[SampleImages.PngStart.Length + 12] ^= 1;

        Assert.Null(ImageInspector.Inspect(png));
    }

    [Theory]
    [InlineData(0, 4, false)]
    [InlineData(6, 0, false)]
    [InlineData(16_384, 6_103, true)]
    [InlineData(16_384, 6_104, false)]
    [InlineData(16_385, 1, false)]
    [InlineData(int.MaxValue, int.MaxValue, false)]
    public void Inspect_SizeAtTheLimits_DecidesWhetherItIsAccepted(int width, int height, bool accepted)
    {
        var header = new byte[13];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header, width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        byte[] png = [.. SampleImages.PngStart[..8], .. SampleImages.PngChunk("IHDR", header), .. SampleImages.PngData, .. SampleImages.PngEnd];

        Assert.Equal(accepted, ImageInspector.Inspect(png) is not null);
    }

    [Fact]
    public void Inspect_PngNeedingAnUnknownCriticalChunk_IsNotAnImage()
    {
        byte[] png = [.. SampleImages.PngStart, .. SampleImages.PngChunk("CgBI", [0, 0, 0, 0]), .. SampleImages.PngData, .. SampleImages.PngEnd];

        Assert.Null(ImageInspector.Inspect(png));
    }

    [Fact]
    public void Inspect_GifFrameFarOutsideItsScreen_IsNotAnImage()
    {
        var gif = SampleImages.Gif;
        var frame = gif.AsSpan().IndexOf((byte[])[0x2C, 0, 0, 0, 0, 6, 0, 4, 0]);
        gif[frame + 6] = 0xFF;

        Assert.Null(ImageInspector.Inspect(gif));
    }

    [Fact]
    public void Inspect_WebpWhosePictureContradictsItsCanvas_IsNotAnImage()
    {
        var webp = SampleImages.TransparentWebp;
        webp[24]++;

        Assert.Null(ImageInspector.Inspect(webp));
    }
}
