using NetVips;

namespace ServerlessSocial.Media.Pictures;

/// <summary>Decodes a file whose size was looked at, and writes the picture that is kept, with its thumbnails.</summary>
internal static class PictureEncoder
{
    /// <summary>Resolutions tell a scanner or an editor: every picture gets 72 dots per inch.</summary>
    private const double DotsPerMillimetre = 72 / 25.4;

    private static readonly IProgress<int> Unheard = new NoProgress();

    /// <summary>Writes the picture.</summary>
    /// <param name="file">A file.</param>
    /// <param name="format">What it is.</param>
    /// <param name="frames">How many frames it has.</param>
    /// <param name="marked">Whether to note in what is written that a model made it.</param>
    /// <param name="deadline">When to give up.</param>
    /// <exception cref="VipsException">The file is damaged, or the deadline has passed.</exception>
    public static ProcessedPicture Encode(ReadOnlySpan<byte> file, PictureFormat format, int frames, bool marked, CancellationToken deadline)
    {
        using var opened = Vips.Open(file, format, frames);
        opened.SetProgress(Unheard, deadline);
        using var upright = Upright(opened);
        var (brought, wide) = PictureColours.Bring(upright);
        using var colours = brought;
        using var plain = colours.Copy(xres: DotsPerMillimetre, yres: DotsPerMillimetre);
        using var image = marked ? GenerationMark.AddTo(plain) : plain.Copy();
        var keep = (wide ? Enums.ForeignKeep.Icc : Enums.ForeignKeep.None) | (marked ? Enums.ForeignKeep.Xmp : Enums.ForeignKeep.None);
        var (content, type, extension) = Save(image, format, PictureFormats.IsLosslessWebp(file), keep);
        var (thumbnails, blurhash, fingerprint, detail) = Thumbnails(content, image.Width, image.PageHeight, keep);
        var animation = frames > 1 && type == "image/webp" ? PictureFrames.Of(content, deadline) : null;
        return new ProcessedPicture(content, type, extension, image.Width, image.PageHeight, blurhash, marked, animation?.Whole ?? fingerprint, thumbnails)
        {
            Detail = animation is null ? detail : null,
            Frames = animation?.Fingerprints ?? [],
            Sheet = animation?.Sheet,
        };
    }

    private static Image Upright(Image image)
    {
        if (image.Number("orientation", 1) is < 2 or > 8)
        {
            return image.Copy();
        }

        // Turning needs rows out of order, and they come from top to bottom.
        using var whole = image.CopyMemory();
        return whole.Autorot();
    }

    /// <summary>
    /// A GIF becomes a lossless WebP: the same pixels and times at the same size, in a third to a tenth of the time that finding palettes anew takes.
    /// An AVIF becomes a WebP because writing AVIF takes seconds.
    /// </summary>
    private static (byte[] Content, string Type, string Extension) Save(Image image, PictureFormat format, bool lossless, Enums.ForeignKeep keep) => format switch
    {
        PictureFormat.Jpeg => (image.JpegsaveBuffer(q: 85, optimizeCoding: true, keep: keep), "image/jpeg", ".jpg"),
        PictureFormat.Png => (Png(image, keep), "image/png", ".png"),
        _ when lossless || format == PictureFormat.Gif => (image.WebpsaveBuffer(lossless: true, effort: 0, keep: keep), "image/webp", ".webp"),
        _ => (image.WebpsaveBuffer(q: 85, effort: 2, keep: keep), "image/webp", ".webp"),
    };

    private static byte[] Png(Image image, Enums.ForeignKeep keep)
    {
        var png = image.PngsaveBuffer(compression: 4, filter: Enums.ForeignPngFilter.All, keep: keep & ~Enums.ForeignKeep.Xmp);
        return keep.HasFlag(Enums.ForeignKeep.Xmp) ? GenerationMark.AddToPng(png) : png;
    }

    /// <summary>Made from what was written: it is upright and of known size, colours and soundness, and a JPEG is shrunk while it is read.</summary>
    private static (IReadOnlyList<PictureThumbnail> Thumbnails, string Blurhash, PictureFingerprint Fingerprint, PictureDetail Detail) Thumbnails(
        byte[] content, int width, int height, Enums.ForeignKeep keep)
    {
        var list = new List<PictureThumbnail>();
        using var source = Source.NewFromMemory(content);
        using var shrunk = Image.ThumbnailSource(source, PictureThumbnail.Sizes[^1], height: PictureThumbnail.Sizes[^1], size: Enums.Size.Down);
        using var largest = shrunk.CopyMemory();
        foreach (var size in PictureThumbnail.Sizes.Where(size => size < Math.Max(width, height)))
        {
            using var thumbnail = largest.ThumbnailImage(size, height: size, size: Enums.Size.Down);
            list.Add(new PictureThumbnail(size, thumbnail.Width, thumbnail.Height, thumbnail.WebpsaveBuffer(q: 75, effort: 3, keep: keep)));
        }

        return (list, Blurhash.Of(largest), PictureFingerprint.Of(largest), PictureDetail.Of(largest));
    }

    private sealed class NoProgress : IProgress<int>
    {
        public void Report(int value)
        {
        }
    }
}
