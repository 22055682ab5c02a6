using ServerlessSocial.Hosts.Local.SampleModels;
using ServerlessSocial.Tests.Media;

namespace ServerlessSocial.Tests.Images;

public sealed class SampleDrawingTests
{
    private static readonly string?[] Styles = [null, "photo", "watercolor", "pixel", "line"];

    [Theory]
    [InlineData(1024, 1024, "photo")]
    [InlineData(1024, 1536, "pixel")]
    [InlineData(1536, 1024, null)]
    public void Draw_SizesOfTheApi_GivesAPngOfThatSize(int width, int height, string? style)
    {
        var png = SampleDrawing.Draw("Berge, Wald und Blumen am Meer", style, width, height);

        Assert.Equal((width, height), Drawn.SizeOf(png));
        Assert.InRange(png.Length, 1, 1_500_000);
    }

    [Fact]
    public void Draw_SameRequest_GivesTheSamePictureAndAnyOtherAnother()
    {
        string[] prompts = ["a cat by the sea", "a dog by the sea", "a street in the rain", "zzz", "", "猫\0\uD83D"];
        var pictures = prompts.SelectMany(prompt => Styles.Select(style => Small(prompt, style))).ToList();

        Assert.Distinct(pictures);
        Assert.Equal(pictures, prompts.SelectMany(prompt => Styles.Select(style => Small(prompt, style))));
    }

    [Theory]
    [InlineData("mountains at night", "mountains on a sunny day")]
    [InlineData("Meer bei Nacht", "Meer an einem sonnigen Tag")]
    public void Draw_WordsForNight_DrawsDarkerThanByDay(string night, string day) =>
        Assert.True(BrightnessOf(night) < 0.6 * BrightnessOf(day));

    [Fact]
    public void Draw_AnyPrompt_SaysThatItIsASample()
    {
        using var image = Drawn.Read(SampleDrawing.Draw("a quiet field", null, 1024, 1024));

        // The label lies dark over the lower right corner, with white strokes in it.
        using var label = image.Crop(670, 920, 330, 90);
        using var grey = label.Colourspace(NetVips.Enums.Interpretation.Bw);
        using var strokes = grey.ExtractBand(0) > 250;
        Assert.InRange(strokes.Avg() / 255, 0.08, 0.4);
    }

    private static double BrightnessOf(string prompt)
    {
        using var image = Drawn.Read(SampleDrawing.Draw(prompt, null, 256, 256));
        return image.Avg();
    }

    private static string Small(string prompt, string? style) => Convert.ToBase64String(SampleDrawing.Draw(prompt, style, 128, 192));
}
