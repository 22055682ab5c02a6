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
    public void What_is_asked_for_is_drawn_in_both_languages()
    {
        Assert.InRange(SampleThings.All.Count, 60, int.MaxValue);
        foreach (var thing in SampleThings.All)
        {
            Assert.All(thing.English, word => Assert.Contains(thing, SampleThings.In($"please draw a {word} by the sea")));
            Assert.All(thing.German, word => Assert.Contains(thing, SampleThings.In($"Male bitte: {word} am Meer")));
            using var image = Drawn.Read(SampleDrawing.Draw(thing.English[0], null, 128, 128));

            // A star is drawn by night.
            Assert.Contains(thing.Layers.SelectMany(layer => new[] { layer.Colour, SampleScene.Dimmed(layer.Colour) }), colour => Holds(image, colour.Red, colour.Green, colour.Blue));
        }
    }

    [Theory]
    [InlineData("two cats and a dog", "cat,dog")]
    [InlineData("Katzen, Hunde und ein Leuchtturm", "cat,dog")]
    [InlineData("a dog, a cat, a horse and a cow", "dog,cat,horse")]
    [InlineData("the catalogue of dogma", "")]
    [InlineData("Die Bücher auf den Stühlen", "book,chair")]
    public void Things_are_found_in_whatever_form_and_in_order(string prompt, string things) =>
        Assert.Equal(things, string.Join(',', SampleThings.In(prompt).Select(thing => thing.English[0])));

    [Fact]
    public void Draw_AnyPrompt_SaysThatItIsASample()
    {
        using var image = Drawn.Read(SampleDrawing.Draw("a quiet field", null, 1024, 1024));

        // The label lies dark over the lower right corner, with white strokes in it.
        using var label = image.Crop(852, 980, 150, 40);
        using var grey = label.Colourspace(NetVips.Enums.Interpretation.Bw);
        using var strokes = grey.ExtractBand(0) > 250;
        Assert.InRange(strokes.Avg() / 255, 0.08, 0.4);
    }

    /// <summary>Whether a picture has a colour, or one that nobody tells from it, in some of its pixels.</summary>
    private static bool Holds(NetVips.Image image, byte red, byte green, byte blue)
    {
        using var opaque = image.Bands > 3 ? image.ExtractBand(0, 3) : image.Copy();
        var bytes = opaque.WriteToMemory<byte>();
        var found = 0;
        for (var at = 0; at + 2 < bytes.Length; at += 3)
        {
            found += Math.Abs(bytes[at] - red) < 4 && Math.Abs(bytes[at + 1] - green) < 4 && Math.Abs(bytes[at + 2] - blue) < 4 ? 1 : 0;
        }

        return found > 20;
    }

    private static double BrightnessOf(string prompt)
    {
        using var image = Drawn.Read(SampleDrawing.Draw(prompt, null, 256, 256));
        return image.Avg();
    }

    private static string Small(string prompt, string? style) => Convert.ToBase64String(SampleDrawing.Draw(prompt, style, 128, 192));
}
