using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Media;

/// <summary>Takes the file of a picture in that a request brings: in the sender's turn, within what they may send, and no larger than there is room for.</summary>
public sealed class PictureIntake(UploadTurns turns, RateLimiter limits, IOptions<UploadOptions> options)
{
    /// <summary>Media types that are taken; what a file is, its content says.</summary>
    private static readonly string[] Accepted = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "image/heif", "application/octet-stream"];

    /// <summary>What is wrong with the type that a request says; null for nothing.</summary>
    public static Error? TypeProblem(HttpRequest http) =>
        MediaTypeHeaderValue.TryParse(http.ContentType, out var type) && Accepted.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            ? null
            : new WrongMediaType(http.ContentType, Accepted);

    /// <summary>Receives the file.</summary>
    /// <param name="http">The request.</param>
    /// <param name="who">Whose turn it is: uploads of one are taken one after the other.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The file, to be disposed when it is done with, because the sender's next one waits; or the error to answer with.</returns>
    public async Task<Outcome<ReceivedFile>> ReceiveAsync(HttpRequest http, string who, CancellationToken cancellationToken)
    {
        if (await limits.RefusalAsync(http, Bucket.UploadBytes, http.ContentLength ?? 1) is { } limited)
        {
            return limited;
        }

        // Before the body is read. It also makes those who repeat an upload meanwhile, with its Idempotency-Key, wait for its answer.
        var (turn, refused) = await turns.TakeAsync(who, cancellationToken);
        if (turn is null)
        {
            return refused!;
        }

        var unfinished = (IDisposable?)turn;
        try
        {
            var (body, unread) = await http.ReadBytesAsync(PictureLimits.MaxBytes, options.Value.Deadline, turn.MakeRoomAsync, cancellationToken);
            if (body is null)
            {
                return unread!;
            }

            var file = new ReceivedFile(turn, body);
            unfinished = file;
            if (await limits.ChargeAsync(http, Bucket.UploadBytes, Math.Max(1, body.Length)) is { } arrived)
            {
                return arrived;
            }

            unfinished = null;
            return file;
        }
        finally
        {
            unfinished?.Dispose();
        }
    }
}

/// <summary>A file that was received.</summary>
public sealed class ReceivedFile : IDisposable
{
    private readonly UploadTurn turn;
    private readonly BodyMemory body;

    internal ReceivedFile(UploadTurn turn, BodyMemory body) => (this.turn, this.body) = (turn, body);

    /// <summary>Its bytes, until it is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => body.Bytes;

    /// <inheritdoc/>
    public void Dispose()
    {
        ((IDisposable)body).Dispose();
        turn.Dispose();
    }
}
