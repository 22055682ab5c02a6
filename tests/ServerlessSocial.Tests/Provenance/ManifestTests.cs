using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Provenance;
using ServerlessSocial.Provenance.Manifests;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;

namespace ServerlessSocial.Tests.Provenance;

public sealed class ManifestTests
{
    private static readonly PictureFormat[] All = [PictureFormat.Png, PictureFormat.Jpeg, PictureFormat.Webp];

    public static TheoryData<PictureFormat> Formats => [.. All];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_signed_says_so_and_shows_the_same_picture(PictureFormat format)
    {
        var key = Signed.Key();
        var file = Signed.File(format, key);

        var embedded = EmbeddedManifest.Find(file)!;
        Assert.True(ManifestReader.NamesSigner(embedded.Store, key));
        Assert.True(ManifestReader.IsIntact(file, embedded, key));
        Assert.Equivalent(new ManifestClaims("Somebody's program", "Somebody", [DigitalSourceType.TrainedAlgorithmicMedia], ["c2pa.created"]), ManifestReader.Read(embedded.Store), strict: true);
        using var before = Drawn.Read(Signed.Picture(format));
        using var after = Drawn.Read(file);
        Assert.Equal(before.WriteToMemory<byte>(), after.WriteToMemory<byte>());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_changed_byte_around_the_manifest_is_found(PictureFormat format)
    {
        var key = Signed.Key();
        var file = Signed.File(format, key);
        var whole = EmbeddedManifest.Find(file)!;

        foreach (var at in Enumerable.Range(0, file.Length).Where(at => at < whole.Start || at >= whole.Start + whole.Length))
        {
            file[at] ^= 0x20;
            Assert.False(EmbeddedManifest.Find(file) is { } found && ManifestReader.IsIntact(file, found, key), $"{format} {at}");
            file[at] ^= 0x20;
        }
    }

    [Fact]
    public void Every_changed_byte_of_claim_and_assertions_is_found()
    {
        // Before the type of the next box stand two headers of eight bytes.
        const int Headers = 16;
        var key = Signed.Key();
        var file = Signed.File(PictureFormat.Png, key);
        var (assertions, claim, signature) = (file.AsSpan().IndexOf("c2pa.actions.v2"u8), file.AsSpan().IndexOf("c2cl"u8), file.AsSpan().IndexOf("c2cs"u8));
        var said = claim + file.AsSpan(claim).IndexOf("cbor"u8) + 4;

        foreach (var at in Enumerable.Range(assertions, claim - Headers - assertions).Concat(Enumerable.Range(said, signature - Headers - said)))
        {
            file[at] ^= 1;
            Assert.False(EmbeddedManifest.Find(file) is { } found && ManifestReader.IsIntact(file, found, key), $"{at}");
            file[at] ^= 1;
        }
    }

    [Fact]
    public void Another_key_with_the_same_name_is_another_signer_and_a_copied_certificate_signs_nothing()
    {
        var (ours, theirs) = (Signed.Key(), Signed.Key());
        var file = Signed.File(PictureFormat.Jpeg, theirs with { Chain = ours.Chain });
        var embedded = EmbeddedManifest.Find(file)!;

        Assert.False(ManifestReader.NamesSigner(EmbeddedManifest.Find(Signed.File(PictureFormat.Jpeg, theirs))!.Store, ours));
        Assert.True(ManifestReader.NamesSigner(embedded.Store, ours));
        Assert.False(ManifestReader.IsIntact(file, embedded, ours));
    }

    /// <summary>Around what one JPEG segment takes, and several of them.</summary>
    [Theory]
    [InlineData(65_524)]
    [InlineData(65_525)]
    [InlineData(65_526)]
    [InlineData(131_043)]
    [InlineData(300_001)]
    public void A_store_of_any_size_is_found_where_it_was_put(int size)
    {
        var store = JumbfBox.WriteSuper("c2pa"u8, "c2pa", JumbfBox.Write("free"u8, new byte[size - 35 - 8]));
        foreach (var format in All)
        {
            var picture = Signed.Picture(format);
            var file = ManifestFile.Embed(format, picture, store);

            var found = EmbeddedManifest.Find(file)!;
            Assert.Equal(store, found.Store.ToArray());
            Assert.Equal((ManifestFile.PlaceIn(format, picture), ManifestFile.SizeOf(format, store.Length)), (found.Start, found.Length));
            using var shown = Drawn.Read(file);
            Assert.Equal(64, shown.Width);
        }
    }

    /// <summary>As others write it there; the service itself keeps no AVIF.</summary>
    [Fact]
    public void A_store_in_an_AVIF_is_found()
    {
        byte[] id = [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81];
        var store = EmbeddedManifest.Find(Signed.File(PictureFormat.Png, Signed.Key()))!.Store.ToArray();
        byte[] avif =
        [
            .. JumbfBox.Write("ftyp"u8, [.. "avif\0\0\0\0avif"u8]),
            .. JumbfBox.Write("uuid"u8, id, [.. "\0\0\0\0manifest\0"u8, .. new byte[8]], store),
            .. JumbfBox.Write("mdat"u8, new byte[10]),
        ];

        Assert.Equal(store, EmbeddedManifest.Find(avif)!.Store.ToArray());
        Assert.Equal("Somebody", ManifestReader.Read(EmbeddedManifest.Find(avif)!.Store)!.SignedBy);
    }

    [Fact]
    public void Files_that_are_cut_or_broken_anywhere_are_read_without_a_fault()
    {
        var random = new Random(1);
        foreach (var format in All)
        {
            var file = Signed.File(format, Signed.Key());
            for (var round = 0; round < 2_000; round++)
            {
                var broken = file[..random.Next(file.Length)];
                for (var changes = random.Next(4); changes > 0 && broken.Length > 0; changes--)
                {
                    broken[random.Next(broken.Length)] = (byte)random.Next(256);
                }

                _ = EmbeddedManifest.Find(broken) is { } found ? ManifestReader.Read(found.Store) : null;
            }
        }
    }

    [Fact]
    public void A_manifest_made_to_hurt_is_read_in_bounds()
    {
        var nested = Enumerable.Range(0, 10_000).Aggregate(Array.Empty<byte>(), (inner, depth) => depth < 50 ? JumbfBox.WriteSuper("c2ma"u8, "x", inner) : inner);
        byte[] deep = [.. Enumerable.Repeat((byte)0x81, 100_000), 0x00];
        byte[] promises = [0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

        Assert.NotNull(JumbfBox.Read(nested));
        Assert.Null(CborTree.Read(deep));
        Assert.Null(CborTree.Read(promises));
        Assert.Null(ManifestReader.Read(new byte[] { 0, 0, 0, 0 }));
    }

    [Fact]
    public void Free_texts_of_a_manifest_are_one_short_line()
    {
        var claim = Signed.Claim with { Generator = "\u202Egnp\u0007\n" + new string('x', 500) };

        var read = ManifestReader.Read(EmbeddedManifest.Find(Signed.File(PictureFormat.Jpeg, Signed.Key(), claim))!.Store)!;

        Assert.Equal(100, read.Generator!.Length);
        Assert.StartsWith("gnpxxx", read.Generator, StringComparison.Ordinal);
    }
}
