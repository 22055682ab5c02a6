using NetVips;
using ServerlessSocial.Media;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Tests.Media.Formats;
using static ServerlessSocial.Tests.Media.Formats.SampleImages;

namespace ServerlessSocial.Tests.Media.Pictures;

/// <summary>What becomes of pictures that a browser shows.</summary>
public sealed class PictureProcessorTests
{
    [Fact]
    public async Task ProcessAsync_EveryFormat_GivesAPictureOfThatSize()
    {
        (byte[] File, string Type)[] files =
        [
            .. All.Select(file => (file, PictureFormats.Of(file) switch { PictureFormat.Jpeg => "image/jpeg", PictureFormat.Png => "image/png", _ => "image/webp" })),
            (Avif(6, 4), "image/webp"),
        ];
        foreach (var (file, type) in files)
        {
            var picture = await ProcessAsync(file);

            Assert.Equal((type, 6, 4), (picture.ContentType, picture.Width, picture.Height));
            Assert.Equal((6, 4), Drawn.SizeOf(picture.Content));
            Assert.Empty(picture.Thumbnails);
        }
    }

    [Theory]
    [InlineData(1, "RB")]
    [InlineData(2, "BR")]
    [InlineData(3, "BR")]
    [InlineData(4, "RB")]
    [InlineData(5, "R/B")]
    [InlineData(6, "R/B")]
    [InlineData(7, "B/R")]
    [InlineData(8, "B/R")]
    public async Task ProcessAsync_PhotoHeldAnyWay_IsTurnedUprightForGood(byte orientation, string expected)
    {
        var photo = AfterJpegStart(Drawn.Jpeg(800, 400), JpegSegment(0xE1, PhoneExif(orientation)));

        var picture = await ProcessAsync(photo);

        byte[][] files = [picture.Content, .. picture.Thumbnails.Select(thumbnail => thumbnail.Content)];
        foreach (var file in files)
        {
            using var image = Drawn.Read(file);
            var corners = expected.Length == 2
                ? $"{Drawn.ColourAt(image, 0, 0.5)}{Drawn.ColourAt(image, 1, 0.5)}"
                : $"{Drawn.ColourAt(image, 0.5, 0)}/{Drawn.ColourAt(image, 0.5, 1)}";
            Assert.Equal(expected, corners);
            Assert.Equal(expected.Length == 2, image.Width > image.Height);
            Assert.False(image.Contains("orientation") && image.Get("orientation") is not 1);
        }
    }

    [Fact]
    public async Task ProcessAsync_WhatBrowsersForgive_IsTaken()
    {
        using var halves = Drawn.Halves(40, 20);
        using var cmyk = halves.IccTransform("cmyk", inputProfile: "srgb");
        using var deep = halves.Colourspace(Enums.Interpretation.Rgb16);
        var jpeg = Drawn.Jpeg(40, 20);
        var png = halves.PngsaveBuffer();
        var gif = halves.GifsaveBuffer();
        var badChecksum = PngChunk("tEXt", "Comment\0hello"u8);
        badChecksum[^1] ^= 1;
        byte[][] files =
        [
            jpeg[..^2],
            [.. jpeg[..^2], 7, 7, 7, .. jpeg[^2..], .. "and more"u8],
            [.. png[..33], .. badChecksum, .. png[33..]],
            [.. png[..33], .. PngChunk("eXIf", PhoneExif(3).AsSpan(6)), .. png[33..]],
            gif[..^1],
            cmyk.JpegsaveBuffer(),
            deep.PngsaveBuffer(),
            halves.PngsaveBuffer(interlace: true),
            halves.JpegsaveBuffer(interlace: true),
        ];
        for (var i = 0; i < files.Length; i++)
        {
            using var image = Drawn.Read((await ProcessAsync(files[i])).Content);
            var expected = i == 3 ? "BR" : "RB";
            Assert.True(expected == $"{Drawn.ColourAt(image, 0.05, 0.2)}{Drawn.ColourAt(image, 0.95, 0.2)}", $"File {i}");
            Assert.Equal(Enums.BandFormat.Uchar, image.Format);
        }
    }

    [Fact]
    public async Task ProcessAsync_Animation_KeepsFramesTimesAndLoops()
    {
        using var original = Vips.Open(Gif, PictureFormat.Gif, -1);
        byte[][] files = [Gif, AnimatedWebp];
        foreach (var file in files)
        {
            using var image = Drawn.Read((await ProcessAsync(file)).Content);
            Assert.Equal(2, image.Get("n-pages"));
            Assert.Equal([100, 100], (int[])image.Get("delay"));
            Assert.Equal(0, image.Get("loop"));
        }

        using var kept = Drawn.Read((await ProcessAsync(Gif)).Content);
        using var before = original.Colourspace(Enums.Interpretation.Srgb);
        Assert.Equal(before.ExtractBand(0, n: 3).WriteToMemory<byte>(), kept.ExtractBand(0, n: 3).WriteToMemory<byte>());
    }

    [Fact]
    public async Task ProcessAsync_AnimatedPng_KeepsTheStillPicture()
    {
        byte[] control = [0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0];
        byte[] animated =
        [
            .. PngStart, .. PngChunk("acTL", [0, 0, 0, 1, 0, 0, 0, 0]), .. PngChunk("fcTL", control), .. PngData,
            .. PngChunk("fdAT", [0, 0, 0, 1, 5]), .. PngEnd,
        ];

        Assert.Equal((6, 4), Drawn.SizeOf((await ProcessAsync(animated)).Content));
    }

    [Theory]
    [InlineData("srgb", false)]
    [InlineData("p3", true)]
    public async Task ProcessAsync_ColourProfile_BecomesSrgbOrDisplayP3WithoutItsName(string profile, bool wide)
    {
        using var halves = Drawn.Halves(400, 200);
        using var tagged = halves.IccTransform(profile, inputProfile: "srgb");
        using var copy = tagged.Mutate(header => header.Set(GValue.BlobType, "icc-profile-data", Named((byte[])header.Get("icc-profile-data"))));
        byte[][] files = [copy.JpegsaveBuffer(q: 95), copy.PngsaveBuffer(), copy.WebpsaveBuffer(lossless: true)];
        foreach (var file in files)
        {
            var picture = await ProcessAsync(file);
            using var image = Drawn.Read(picture.Content);
            using var thumbnail = Drawn.Read(picture.Thumbnails[0].Content);

            Assert.Equal(wide, image.Contains("icc-profile-data"));
            Assert.Equal(wide, thumbnail.Contains("icc-profile-data"));
            if (wide)
            {
                Assert.False(((byte[])image.Get("icc-profile-data")).Holds(Name));
            }

            // The same colours: seen as sRGB, red is red again.
            using var seen = wide ? image.IccTransform("srgb", embedded: true) : image.Copy();
            Assert.InRange(seen.Getpoint(20, 100)[0], 250, 255);
            Assert.InRange(seen.Getpoint(20, 100)[1], 0, 6);
        }
    }

    [Fact]
    public async Task ProcessAsync_LargePicture_GetsThumbnailsAndASmallOneNone()
    {
        Assert.Equal([(320, 160), (640, 320)], SizesOf(await ProcessAsync(Drawn.Jpeg(1000, 500))));
        Assert.Equal([(160, 320)], SizesOf(await ProcessAsync(Drawn.Jpeg(250, 500))));
        Assert.Empty(SizesOf(await ProcessAsync(Drawn.Jpeg(320, 320))));

        static IEnumerable<(int Width, int Height)> SizesOf(ProcessedPicture picture)
        {
            Assert.All(picture.Thumbnails, thumbnail => Assert.Equal((thumbnail.Width, thumbnail.Height), Drawn.SizeOf(thumbnail.Content)));
            return picture.Thumbnails.Select(thumbnail => (thumbnail.Width, thumbnail.Height));
        }
    }

    [Fact]
    public async Task ProcessAsync_PictureOfAModel_SaysSoInEveryFile()
    {
        using var processor = new PictureProcessor();
        var known = (await processor.ProcessAsync(Drawn.Jpeg(800, 400), generated: true, default)).Value!;
        var told = await ProcessAsync(
            AfterJpegStart(Drawn.Jpeg(800, 400), JpegSegment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0digitalsourcetype/trainedAlgorithmicMedia "u8, .. Secret])));
        var plain = await ProcessAsync(Drawn.Jpeg(800, 400));
        var png = (await processor.ProcessAsync(Png, generated: true, default)).Value!;
        using var read = Drawn.Read(png.Content);

        // Uncompressed, where readers of XMP look, and with a checksum that a decoder accepts.
        Assert.True(png.Content.Holds("iTXtXML:com.adobe.xmp\0\0\0\0\0<?xpacket"u8));
        Assert.True(GenerationMark.IsIn((byte[])read.Get("xmp-data")));
        Assert.All((byte[][])[known.Content, told.Content, .. known.Thumbnails.Select(item => item.Content)], file => Assert.True(GenerationMark.IsIn(file)));
        Assert.True(told.IsMarked);
        Assert.False(told.Content.Holds(Secret));
        Assert.False(plain.IsMarked || GenerationMark.IsIn(plain.Content));
    }

    [Fact]
    public async Task Blurhash_OfPlainWhite_IsAsOthersComputeIt()
    {
        using var white = Image.Black(100, 60, bands: 3).NewFromImage(255, 255, 255).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);

        var hash = (await ProcessAsync(white.PngsaveBuffer())).Blurhash;

        Assert.Equal(28, hash.Length);
        Assert.Equal("L", hash[..1]);
        Assert.Equal("TSUA", hash[2..6]);
    }

    private static ReadOnlySpan<byte> Name => "s\0P\0A"u8;

    /// <summary>A profile that somebody gave a name: the built-in one's <c>sP3C</c> or <c>sRGB</c> becomes <c>sPAC</c>.</summary>
    private static byte[] Named(byte[] profile)
    {
        var at = profile.AsSpan().IndexOf("mluc"u8);
        var name = profile.AsSpan(at + 28);
        "\0s\0P\0A\0C"u8.CopyTo(name);
        Assert.True(profile.Holds(Name));
        return profile;
    }

    private static byte[] Avif(int width, int height)
    {
        using var image = Drawn.Halves(width, height);
        return image.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0);
    }

    private static async Task<ProcessedPicture> ProcessAsync(byte[] file)
    {
        using var processor = new PictureProcessor();
        var (picture, error) = await processor.ProcessAsync(file, generated: false, default);
        Assert.True(picture is not null, error?.Detail);
        return picture;
    }
}
