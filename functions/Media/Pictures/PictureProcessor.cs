using NetVips;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Media.Pictures;

/// <summary>
/// Takes pictures apart and puts together new ones: decoded, turned upright, in colours every screen shows, without anything that is no
/// picture, and with thumbnails. The work is libvips', done here one thread per picture and few pictures at a time.
/// </summary>
public sealed class PictureProcessor : IDisposable
{
    // An instance has few cores.
    private readonly PictureTurns turns = new(Math.Clamp(Environment.ProcessorCount, 1, 2));

    /// <summary>Makes the picture that is kept of a file.</summary>
    /// <param name="file">The file, whatever it is; must stay as it is meanwhile.</param>
    /// <param name="generated">Whether a model is known to have made it; the file may say so as well.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The picture, or why there is none: <see cref="NotAPicture"/>, <see cref="HeicNotTaken"/> or <see cref="PictureTooLarge"/>.</returns>
    public async Task<Outcome<ProcessedPicture>> ProcessAsync(ReadOnlyMemory<byte> file, bool generated, CancellationToken cancellationToken)
    {
        var (header, error) = await Task.Run(() => PictureHeader.Read(file.Span), cancellationToken);
        if (header is null)
        {
            return error!;
        }

        using var turn = await turns.TakeAsync(header.Pixels, cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(PictureLimits.MaxTime);
        return await Task.Run(() => Process(file, header, generated, deadline.Token), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    private static Outcome<ProcessedPicture> Process(ReadOnlyMemory<byte> file, PictureHeader header, bool generated, CancellationToken deadline)
    {
        try
        {
            return PictureEncoder.Encode(file.Span, header.Format, header.Frames, generated || header.IsMarked, deadline);
        }
        catch (VipsException)
        {
            return deadline.IsCancellationRequested ? new PictureTooLarge() : new NotAPicture();
        }
        finally
        {
            if (header.Pixels > PictureLimits.LargePixels)
            {
                NativeMemory.GiveBackRest();
            }
        }
    }
}
