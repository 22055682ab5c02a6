using NetVips;
using ServerlessSocial.Hosts.Local.SampleModels;
using ServerlessSocial.Media.Pictures;

namespace ServerlessSocial.Tests.Media.Pictures;

public sealed class PictureDetailTests
{
    /// <summary>Soft scenes and flat drawings with hard edges, saved as people save them.</summary>
    [Fact]
    public async Task A_picture_saved_again_smaller_or_mirrored_is_near_by_both_measures()
    {
        foreach (var file in new[] { Scenes.Png(7), Scenes.Png(8), SampleDrawing.Draw("mountains by the sea", "photo", 1024, 1024), SampleDrawing.Draw("a street in the rain", "watercolor", 1024, 1536) })
        {
            var (print, detail) = await OfAsync(file);
            foreach (var copy in Copies(file))
            {
                var (again, detailAgain) = await OfAsync(copy);
                Assert.InRange(again.Apart(print), 0, 8);
                Assert.True(detailAgain.IsNear(detail));
            }
        }
    }

    [Fact]
    public async Task Pictures_of_the_same_things_are_not()
    {
        var all = new List<PictureDetail>();
        foreach (var prompt in new[] { "mountains by the sea", "mountains at night", "a lighthouse", "a lighthouse at dusk", "Ein Leuchtturm", "a cat", "a dog", "flowers" })
        {
            all.Add((await OfAsync(SampleDrawing.Draw(prompt, "photo", 512, 512))).Detail);
        }

        for (var number = 0; number < 40; number++)
        {
            all.Add((await OfAsync(Scenes.Jpeg(number))).Detail);
        }

        Assert.DoesNotContain(all.SelectMany((one, i) => all.Skip(i + 1).Select(other => one.IsNear(other))), isNear => isNear);
    }

    /// <summary>Empty pages, and pages with a few lines of text in other places.</summary>
    [Fact]
    public async Task Pages_of_text_are_not_near_because_most_of_both_is_white()
    {
        var pages = new List<PictureDetail>();
        for (var page = 0; page < 8; page++)
        {
            pages.Add((await OfAsync(Page(page))).Detail);
        }

        Assert.DoesNotContain(pages.SelectMany((one, i) => pages.Skip(i + 1).Select(other => one.IsNear(other))), isNear => isNear);
    }

    private static byte[] Page(int number)
    {
        var random = new Random(number);
        var page = Image.Black(800, 1000).NewFromImage(255, 255, 255).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        for (var word = 0; word < 12 * number; word++)
        {
            page = page.Mutate(image => image.DrawRect([20.0, 20, 20], random.Next(740), 30 * random.Next(32), 20 + random.Next(40), 14, fill: true));
        }

        return page.PngsaveBuffer();
    }

    private static byte[][] Copies(byte[] file)
    {
        using var picture = Drawn.Read(file);
        using var half = picture.Resize(0.5);
        using var third = picture.Resize(0.33);
        using var mirrored = picture.Flip(Enums.Direction.Horizontal);
        using var lit = picture.Linear([1.05], [6.0]).Cast(Enums.BandFormat.Uchar);
        return
        [
            picture.JpegsaveBuffer(q: 40, keep: Enums.ForeignKeep.None),
            half.JpegsaveBuffer(q: 75, keep: Enums.ForeignKeep.None),
            half.WebpsaveBuffer(q: 40, keep: Enums.ForeignKeep.None),
            third.JpegsaveBuffer(q: 60, keep: Enums.ForeignKeep.None),
            lit.JpegsaveBuffer(q: 80, keep: Enums.ForeignKeep.None),
            mirrored.JpegsaveBuffer(q: 80, keep: Enums.ForeignKeep.None),
        ];
    }

    private static async Task<(PictureFingerprint Print, PictureDetail Detail)> OfAsync(byte[] file)
    {
        using var processor = new PictureProcessor();
        var picture = (await processor.ProcessAsync(file, generated: false, default)).Value!;
        return (picture.Fingerprint, picture.Detail!);
    }
}
