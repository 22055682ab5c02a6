using System.Security.Cryptography;
using System.Text;
using NetVips;

namespace ServerlessSocial.Media.Pictures;

/// <summary>
/// What an animation shows besides its first frame. Every frame is decoded and hashed, one after the other and each shrunk at once; those that look alike count
/// as one picture, shown as long as they are together. Of these pictures some are kept in mind, and fewer put on one sheet for a model to see.
/// </summary>
/// <param name="Whole">Recognises the whole animation: the pixels of all its frames, and the shape of the first.</param>
/// <param name="Fingerprints">The pictures it is made of: at most <see cref="MostKept"/>, as they follow each other.</param>
/// <param name="Sheet">Up to <see cref="OnSheet"/> of them beside and below each other, as WebP.</param>
internal sealed record PictureFrames(PictureFingerprint Whole, IReadOnlyList<PictureFingerprint> Fingerprints, byte[] Sheet)
{
    /// <summary>Most pictures of an animation that are looked up: half are those shown longest, half lie evenly between the others.</summary>
    public const int MostKept = 16;

    /// <summary>Most pictures on the sheet: three by three, chosen in the same way.</summary>
    public const int OnSheet = 9;

    private const int SheetColumns = 3;
    private const int SheetSide = 320;

    /// <summary>Browsers show a frame of 10 ms or less for 100 (WHATWG HTML leaves it to them; all do).</summary>
    private const int ShortestDelay = 10;

    private const int ShownInstead = 100;

    /// <summary>Reads an animation that was written here.</summary>
    /// <param name="file">A WebP file.</param>
    /// <param name="deadline">When to give up.</param>
    /// <returns>Null where it has one frame only.</returns>
    /// <exception cref="VipsException">The deadline has passed.</exception>
    public static PictureFrames? Of(ReadOnlySpan<byte> file, CancellationToken deadline)
    {
        var (prints, delays) = Hash(file, deadline);
        if (prints.Count < 2)
        {
            return null;
        }

        var pictures = Distinct(prints, delays);
        var all = SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(prints.Select(print => print.Pixels))));
        return new(
            prints[0] with { Pixels = Convert.ToHexStringLower(all) },
            [.. Choose(pictures, MostKept).Select(picture => picture.Print)],
            Draw(file, [.. Choose(pictures, OnSheet).Select(picture => picture.Frame)], deadline));
    }

    private static (List<PictureFingerprint> Prints, int[] Delays) Hash(ReadOnlySpan<byte> file, CancellationToken deadline)
    {
        var prints = new List<PictureFingerprint>();
        using var opened = Open(file, deadline);
        var height = opened.PageHeight;
        var delays = opened.Contains("delay") && opened.Get("delay") is int[] told ? told : [];
        for (var frame = 0; frame < opened.Height / height; frame++)
        {
            using var shrunk = Shrunk(opened, frame, PictureThumbnail.Sizes[^1]);
            prints.Add(PictureFingerprint.Of(shrunk));
        }

        return (prints, delays);
    }

    private static List<Shown> Distinct(List<PictureFingerprint> prints, int[] delays)
    {
        var pictures = new List<Shown>();
        for (var frame = 0; frame < prints.Count; frame++)
        {
            var delay = frame < delays.Length && delays[frame] > ShortestDelay ? delays[frame] : ShownInstead;
            if (pictures.Find(picture => prints[frame].To(picture.Print) != Likeness.None) is { } alike)
            {
                alike.Time += delay;
            }
            else
            {
                pictures.Add(new(frame, prints[frame]) { Time = delay });
            }
        }

        return pictures;
    }

    private static IEnumerable<Shown> Choose(List<Shown> pictures, int most)
    {
        if (pictures.Count <= most)
        {
            return pictures;
        }

        var longest = pictures.OrderByDescending(picture => picture.Time).Take(most / 2).ToList();
        var others = pictures.Except(longest).ToList();
        var between = Enumerable.Range(0, most - longest.Count).Select(at => others[(int)((at + 0.5) * others.Count / (most - longest.Count))]);
        return longest.Concat(between).OrderBy(picture => picture.Frame);
    }

    private static byte[] Draw(ReadOnlySpan<byte> file, int[] frames, CancellationToken deadline)
    {
        var tiles = new List<Image>();
        try
        {
            using var opened = Open(file, deadline);
            foreach (var frame in frames)
            {
                using var shrunk = Shrunk(opened, frame, SheetSide);
                using var opaque = shrunk.HasAlpha() ? shrunk.Flatten(background: [255]) : shrunk.Copy();
                tiles.Add(opaque.CopyMemory());
            }

            using var sheet = Image.Arrayjoin([.. tiles], across: Math.Min(SheetColumns, tiles.Count), background: [255]);
            return sheet.WebpsaveBuffer(q: 75, effort: 3, keep: Enums.ForeignKeep.None);
        }
        finally
        {
            tiles.ForEach(tile => tile.Dispose());
        }
    }

    private static Image Open(ReadOnlySpan<byte> file, CancellationToken deadline)
    {
        var opened = Vips.Open(file, PictureFormat.Webp, -1);
        opened.SetProgress(new Progress(deadline), deadline);
        return opened;
    }

    /// <summary>One frame, small and in memory. Frames are asked for in order: they are decoded in order, and no more than one is held whole.</summary>
    private static Image Shrunk(Image animation, int frame, int side)
    {
        var height = animation.PageHeight;
        using var cut = animation.Crop(0, frame * height, animation.Width, height);
        using var single = cut.Mutate(header =>
        {
            header.Remove("page-height");
            header.Remove("n-pages");
        });
        using var shrunk = single.ThumbnailImage(side, height: side, size: Enums.Size.Down);
        return shrunk.CopyMemory();
    }

    private sealed record Shown(int Frame, PictureFingerprint Print)
    {
        public int Time { get; set; }
    }

    private sealed class Progress(CancellationToken deadline) : IProgress<int>
    {
        public void Report(int value) => deadline.ThrowIfCancellationRequested();
    }
}
