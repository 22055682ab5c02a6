using ServerlessSocial.Media.Pictures;

namespace ServerlessSocial.Tests.Media.Pictures;

public sealed class PictureFingerprintTests
{
    [Fact]
    public async Task The_same_pixels_in_another_file_are_the_same()
    {
        var (one, other) = (await OfAsync(Scenes.Png(7, compression: 1)), await OfAsync(Scenes.Png(7, compression: 9)));

        Assert.Equal(one, other);
        Assert.Equal(Likeness.Same, one.To(other));
    }

    [Fact]
    public async Task A_picture_saved_again_smaller_or_a_little_brighter_looks_alike()
    {
        var original = await OfAsync(Scenes.Png(7));

        foreach (var copy in new[] { Scenes.Jpeg(7, quality: 50), Scenes.Jpeg(7, scale: 0.4), Scenes.Jpeg(7, scale: 1.3, quality: 70), Scenes.Jpeg(7, brighter: 6) })
        {
            var found = await OfAsync(copy);
            Assert.Equal(Likeness.Near, original.To(found));
            Assert.NotEmpty(original.Bands().Intersect(found.Bands()));
        }
    }

    [Fact]
    public async Task Other_pictures_and_flat_ones_do_not_and_mirrored_ones_do()
    {
        var all = new List<PictureFingerprint>();
        for (var number = 0; number < 40; number++)
        {
            all.Add(await OfAsync(Scenes.Jpeg(number)));
        }

        Assert.All(all.SelectMany((one, i) => all.Skip(i + 1).Select(other => one.To(other))), likeness => Assert.Equal(Likeness.None, likeness));
        Assert.Equal(Likeness.Near, (await OfAsync(Scenes.Mirrored(7))).To(all[7]));
        var (white, black) = (new PictureFingerprint("a", "0000000000000000"), new PictureFingerprint("b", "0000000000000000"));
        Assert.Equal(Likeness.None, white.To(black));
    }

    [Fact]
    public void Whoever_differs_in_four_bits_shares_a_band()
    {
        var random = new Random(1);
        for (var round = 0; round < 1_000; round++)
        {
            var bits = (ulong)random.NextInt64();
            var other = bits;
            foreach (var bit in Enumerable.Range(0, PictureFingerprint.MostDifferent).Select(_ => random.Next(64)))
            {
                other ^= 1ul << bit;
            }

            Assert.NotEmpty(Print(bits).Bands().Intersect(Print(other).Bands()));
        }

        static PictureFingerprint Print(ulong bits) => new("x", bits.ToString("x16", null));
    }

    private static async Task<PictureFingerprint> OfAsync(byte[] file)
    {
        using var processor = new PictureProcessor();
        return (await processor.ProcessAsync(file, generated: false, default)).Value!.Fingerprint;
    }
}
