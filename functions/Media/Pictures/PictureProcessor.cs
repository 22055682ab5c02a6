using NetVips;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Media.Pictures;

/// <summary>
/// Takes pictures apart and puts together new ones: decoded, turned upright, in colours every screen shows, without anything that is no
/// picture, and with thumbnails. The work is libvips', done here one thread per picture and few pictures at a time.
/// </summary>
public sealed class PictureProcessor : IDisposable
{
    /// <summary>Pictures under way at once: what one needs is bounded by <see cref="PictureLimits"/>, and an instance has few cores.</summary>
    private static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount, 1, 2);

    private readonly SemaphoreSlim turns = new(AtOnce);

    /// <summary>Makes the picture that is kept of a file.</summary>
    /// <param name="file">The file, whatever it is.</param>
    /// <param name="generated">Whether a model is known to have made it; the file may say so as well.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The picture, or why there is none: <see cref="NotAPicture"/>, <see cref="HeicNotTaken"/> or <see cref="PictureTooLarge"/>.</returns>
    public async Task<Outcome<ProcessedPicture>> ProcessAsync(ReadOnlyMemory<byte> file, bool generated, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(PictureLimits.MaxTime);
            return await Task.Run(() => Process(file.ToArray(), generated, deadline.Token), cancellationToken);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    private static Outcome<ProcessedPicture> Process(byte[] file, bool generated, CancellationToken deadline)
    {
        var format = PictureFormats.Of(file);
        if (format is PictureFormat.Unknown or PictureFormat.Heic)
        {
            return format == PictureFormat.Heic ? new HeicNotTaken() : new NotAPicture();
        }

        try
        {
            using var header = Vips.Open(file, format);
            var frames = format is PictureFormat.Gif or PictureFormat.Webp ? header.Number("n-pages", 1) : 1;
            if (!PictureLimits.Allow(header.Width, header.Height, frames))
            {
                return new PictureTooLarge();
            }

            var picture = PictureEncoder.Encode(file, format, frames, generated || GenerationMark.IsIn(file) || GenerationMark.IsIn(header), deadline);
            return picture;
        }
        catch (VipsException) when (deadline.IsCancellationRequested)
        {
            return new PictureTooLarge();
        }
        catch (VipsException)
        {
            return new NotAPicture();
        }
    }
}
