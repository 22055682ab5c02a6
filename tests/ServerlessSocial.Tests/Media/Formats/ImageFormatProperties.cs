using FsCheck;
using FsCheck.Fluent;
using ServerlessSocial.Media.Formats;
using static ServerlessSocial.Tests.Media.Formats.SampleImages;

namespace ServerlessSocial.Tests.Media.Formats;

/// <summary>What holds for files that nobody thought of.</summary>
public sealed class ImageFormatProperties
{
    private static readonly byte[][] Starts = [.. SampleImages.All.Select(image => image[..16]), []];

    [Fact]
    public void RandomBytes_AreNeverTrusted()
    {
        var content = from start in Gen.Elements(Starts)
                      from rest in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf()
                      select (byte[])[.. start, .. rest];

        Prop.ForAll(content.ToArbitrary(), SurvivesInspectionAndCleaning).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(400));
    }

    [Fact]
    public void DamagedImages_AreRefusedOrCleanedToTheSamePicture()
    {
        var damaged = from image in Gen.Elements(SampleImages.All.Append(WithMetadata(PhoneExif(6))).ToArray())
                      from damages in Damage.NonEmptyListOf()
                      select damages.Aggregate(image, (content, damage) => damage(content));

        Prop.ForAll(damaged.ToArbitrary(), SurvivesInspectionAndCleaning).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(6));
    }

    [Fact]
    public void WhateverMetadataHolds_NothingOfItIsLeft()
    {
        var hidden = from before in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf()
                     from after in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf()
                     select (byte[])[.. before, .. Secret, .. after];

        Prop.ForAll(hidden.ToArbitrary(), metadata => AllWithMetadata(metadata).All(pair =>
        {
            var inspection = ImageInspector.Inspect(pair.Original);
            return inspection is not null
                && MetadataRemover.Clean(pair.Original, inspection).AsSpan().SequenceEqual(pair.Expected);
        })).QuickCheckThrowOnFailure();
    }

    private static Gen<Func<byte[], byte[]>> Damage => Gen.OneOf(
        At((content, at, value) => [.. content[..at], value, .. content[(at + 1)..]]),
        At((content, at, value) => [.. content[..at], value, .. content[at..]]),
        At((content, at, value) => [.. content[..at], 0xFF, 0xFF, 0xFF, value, .. content[at..].Skip(4)]),
        At((content, at, _) => [.. content[..at], .. content[(at + 1)..]]),
        At((content, at, _) => content[..at]),
        At((content, at, value) => [.. content[..at], .. content[Math.Max(0, at - value)..]]));

    private static Gen<Func<byte[], byte[]>> At(Func<byte[], int, byte, byte[]> change) =>
        from position in Gen.Choose(0, 10_000)
        from value in Gen.Choose(0, 255)
        select new Func<byte[], byte[]>(content =>
            content.Length == 0 ? content : change(content, position % content.Length, (byte)value));

    private static bool SurvivesInspectionAndCleaning(byte[] content)
    {
        if (ImageInspector.Inspect(content) is not { } inspection)
        {
            return true;
        }

        var clean = MetadataRemover.Clean(content, inspection);
        return inspection == ImageInspector.Inspect(clean)
            && MetadataRemover.Clean(clean, inspection).AsSpan().SequenceEqual(clean);
    }

    private static byte[] WithMetadata(byte[] metadata) => AfterJpegStart(Jpeg, JpegSegment(0xE1, metadata), JpegSegment(0xFE, Secret));

    private static IEnumerable<(byte[] Original, byte[] Expected)> AllWithMetadata(byte[] metadata)
    {
        yield return ([.. WithMetadata(metadata), .. metadata], Jpeg);
        yield return (AfterJpegStart(ProgressiveJpeg, JpegSegment(0xE2, metadata), JpegSegment(0xEF, metadata)), ProgressiveJpeg);
        yield return ([.. PngStart, .. PngChunk("eXIf", metadata), .. PngData, .. PngChunk("tEXt", metadata), .. PngEnd, .. metadata], Png);
        yield return ([.. Gif[..61], .. GifExtension(0xFE, [.. metadata.Chunk(255)]), .. Gif[61..], .. metadata], Gif);
        yield return ([.. Webp(TransparentWebp[12..], WebpChunk("XMP ", metadata)), .. metadata], TransparentWebp);
    }
}
