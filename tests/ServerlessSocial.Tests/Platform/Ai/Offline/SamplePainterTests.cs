using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using ServerlessSocial.Media.Formats;
using ServerlessSocial.Platform.Ai.Offline;

namespace ServerlessSocial.Tests.Platform.Ai.Offline;

public sealed class SamplePainterTests
{
    private const int Small = 128;

    private static readonly string?[] Styles = [null, "photo", "watercolor", "pixel", "line"];

    [Theory]
    [InlineData(1024, 1024, null)]
    [InlineData(1024, 1024, "watercolor")]
    [InlineData(1024, 1536, "photo")]
    [InlineData(1536, 1024, "line")]
    public void Paint_SizesOfTheApi_GivesAPngOfThatSizeThatIsQuickToLoad(int width, int height, string? style)
    {
        var png = SamplePainter.Paint("Berge, Wald und Blumen am Meer", style, width, height);

        Assert.Equal(new ImageInspection("image/png", ".png", width, height), ImageInspector.Inspect(png));
        Assert.InRange(png.Length, 1, 1_500_000 * (width * height / (1024 * 1024f)));
    }

    [Fact]
    public void Paint_SameRequest_GivesTheSameBytes() =>
        Assert.All(Styles, style => Assert.Equal(Paint("a cat by the sea", style), Paint("a cat by the sea", style)));

    [Fact]
    public void Paint_OtherPromptOrStyle_GivesAnotherPicture()
    {
        var pictures = new[] { "a cat by the sea", "a dog by the sea", "zzz", "" }
            .SelectMany(prompt => Styles.Select(style => Convert.ToBase64String(Pixels(Paint(prompt, style)))))
            .ToList();

        Assert.Distinct(pictures);
    }

    [Theory]
    [InlineData("PHOTO", "photo")]
    [InlineData("oil on canvas", null)]
    public void Paint_StyleInOtherLettersOrUnknown_IsThatStyleOrTheDefault(string asked, string? meant) =>
        Assert.Equal(Paint("city", meant), Paint("city", asked));

    [Theory]
    [InlineData("mountains at night", "mountains on a sunny day")]
    [InlineData("Berge bei Nacht", "Berge an einem sonnigen Tag")]
    [InlineData("Sternenhimmel bei Mondschein", "Blumenwiese im Sommer")]
    public void Paint_WordsForNight_PaintsDarkerThanByDay(string night, string day) =>
        Assert.True(Pixels(Paint(night, null)).Average(b => b) < 0.6 * Pixels(Paint(day, null)).Average(b => b));

    [Fact]
    public void Paint_LongPrompt_IsReadWhole()
    {
        var beginning = string.Concat(Enumerable.Repeat("Ein Bild zum Thema des Monats. ", 20));

        Assert.NotEqual(Pixels(Paint(beginning + "Meer", null)), Pixels(Paint(beginning + "Stadt", null)));
    }

    [Fact]
    public void Paint_AnyPrompt_CarriesTheAiMarkWhereXmpReadersLook()
    {
        var png = Paint("hello", "pixel");

        var xmp = PngChunks.Read(png).Single(chunk => chunk.Type == "iTXt").Data;
        Assert.StartsWith("XML:com.adobe.xmp\0\0\0\0\0", Encoding.UTF8.GetString(xmp), StringComparison.Ordinal);
        var packet = XDocument.Parse(Encoding.UTF8.GetString(xmp)[22..]);
        var mark = packet.Descendants().Attributes("{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType").Single();
        Assert.Equal("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", mark.Value);
    }

    [Fact]
    public void Paint_WhateverThePromptHolds_GivesAnImage()
    {
        var prompts = ArbMap.Default.ArbFor<string>().Generator.Where(text => text is not null)
            .Select(text => text + "\uD83D \U0001F431 猫 \u0000\r\n Größe");

        Prop.ForAll(prompts.ToArbitrary(), prompt =>
            ImageInspector.Inspect(SamplePainter.Paint(prompt, Styles[prompt.Length % Styles.Length], 64, 96)) is { Width: 64, Height: 96 })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Theory]
    [InlineData(63, 64)]
    [InlineData(64, 2049)]
    public void Paint_SizeOutOfRange_IsRefused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePainter.Paint("x", null, width, height));

    private static byte[] Paint(string prompt, string? style) => SamplePainter.Paint(prompt, style, Small, Small);

    private static byte[] Pixels(byte[] png) => PngChunks.Pixels(png, Small);
}
