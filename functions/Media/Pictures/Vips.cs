using NetVips;
using Setup = NetVips.NetVips;

namespace ServerlessSocial.Media.Pictures;

/// <summary>
/// libvips with nothing on but what uploads need: of its loaders those of five formats, one thread per picture, no cache. Whoever uses
/// libvips calls <see cref="Open"/> first.
/// </summary>
internal static class Vips
{
    private static readonly string[] Loaders =
        ["VipsForeignLoadJpegSource", "VipsForeignLoadPngSource", "VipsForeignLoadNsgifSource", "VipsForeignLoadWebpSource", "VipsForeignLoadHeifSource"];

    static Vips()
    {
        NativeMemory.GiveBackLargeBuffers();

        // What is wrong with a file is told by its answer, not in the log.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, static (_, _, _) => { });
        Setup.Concurrency = 1;
        Cache.Max = 0;
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in Loaders)
        {
            Operation.Block(loader, false);
        }
    }

    /// <summary>
    /// Opens a picture: its header is read, its pixels are when they are asked for, from top to bottom. Damage that browsers forgive is forgiven.
    /// </summary>
    /// <param name="content">The file. The picture has a copy of its own, in native memory that goes with it.</param>
    /// <param name="format">What it is.</param>
    /// <param name="frames">How many frames to read; -1 for all. Only GIF and WebP have several.</param>
    /// <exception cref="VipsException">The file is damaged beyond reading.</exception>
    public static Image Open(ReadOnlySpan<byte> content, PictureFormat format, int frames = 1)
    {
        using var source = Source.NewFromMemory(content);
        return format switch
        {
            PictureFormat.Jpeg => Image.JpegloadSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.None),
            PictureFormat.Png => Image.PngloadSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.None),
            PictureFormat.Gif => Image.GifloadSource(source, n: frames, access: Enums.Access.Sequential, failOn: Enums.FailOn.None),
            PictureFormat.Webp => Image.WebploadSource(source, n: frames, access: Enums.Access.Sequential, failOn: Enums.FailOn.None),
            PictureFormat.Avif => Image.HeifloadSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.None),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };
    }

    /// <summary>The value of a numeric field of a picture's header, or another one when it is not there.</summary>
    public static int Number(this Image image, string field, int otherwise) => image.Contains(field) && image.Get(field) is int value ? value : otherwise;
}
